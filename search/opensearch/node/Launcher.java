import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

import org.opensearch.Version;
import org.opensearch.common.logging.LogConfigurator;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.node.Node;
import org.opensearch.plugins.Plugin;
import org.opensearch.plugins.PluginInfo;

/** Runs one OpenSearch node of the jars on the class path, for tests, until its standard input ends. */
public class Launcher extends Node {
	@SuppressWarnings({"unchecked", "rawtypes"}) // OpenSearch 3 takes descriptions of plugins, 2 their classes
	private Launcher(Environment environment, List<?> plugins) {
		super(environment, (Collection) plugins, false);
	}

	/** Takes the folder of the data and settings as name=value. */
	public static void main(String[] args) throws Exception {
		Settings.Builder settings = Settings.builder()
			.put("path.home", args[0])
			.put("network.host", "127.0.0.1")
			.put("transport.type", "netty4")
			.put("http.type", "netty4")
			.put("cluster.routing.allocation.disk.threshold_enabled", false);
		for (int i = 1; i < args.length; i++) {
			String[] pair = args[i].split("=", 2);
			if (pair[1].contains(",")) {
				settings.putList(pair[0], pair[1].split(","));
			} else {
				settings.put(pair[0], pair[1]);
			}
		}
		Environment environment = new Environment(settings.build(), Path.of(args[0], "config"));
		LogConfigurator.setNodeName("test");
		Node node = new Launcher(environment, List.of(
			plugin("org.opensearch.transport.Netty4"),
			plugin("org.opensearch.analysis.common.CommonAnalysis"),
			plugin("org.opensearch.painless.Painless")));
		node.start();
		System.in.transferTo(java.io.OutputStream.nullOutputStream()); // ends with the process that started this one
		node.close();
		System.exit(0);
	}

	private static Object plugin(String name) throws ClassNotFoundException {
		boolean old = Version.CURRENT.major < 3;
		Class<? extends Plugin> found = Class.forName(name + (old ? "Plugin" : "ModulePlugin")).asSubclass(Plugin.class);
		return old ? found : new PluginInfo(found.getSimpleName(), "", "", Version.CURRENT, "21", found.getName(), null, List.of(), false);
	}
}
