class Chaja < Formula
  desc "Full-text search for Markdown sites in Korean and English"
  version "@VERSION@"
  license "Apache-2.0"

  on_macos do
    on_arm do
      url "@URL@/chaja-@VERSION@-darwin-arm64.tar.gz"
      sha256 "@darwin-arm64@"
    end
    on_intel do
      url "@URL@/chaja-@VERSION@-darwin-amd64.tar.gz"
      sha256 "@darwin-amd64@"
    end
  end
  on_linux do
    on_arm do
      url "@URL@/chaja-@VERSION@-linux-arm64.tar.gz"
      sha256 "@linux-arm64@"
    end
    on_intel do
      url "@URL@/chaja-@VERSION@-linux-amd64.tar.gz"
      sha256 "@linux-amd64@"
    end
  end

  def install
    bin.install "chaja"
    man1.install Dir["man/*.1"]
    bash_completion.install "completion/chaja.bash" => "chaja"
    zsh_completion.install "completion/chaja.zsh" => "_chaja"
    fish_completion.install "completion/chaja.fish"
  end

  test do
    (testpath/"post.md").write "---\ntitle: Hello\n---\nA first post.\n"
    system bin/"chaja", "index", "--site", testpath
    assert_match "Hello", shell_output("#{bin}/chaja search --site #{testpath} first")
  end
end
