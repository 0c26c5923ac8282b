module.exports = { siteMetadata: { title: "My blog", siteUrl: "https://blog.example.org" } };
