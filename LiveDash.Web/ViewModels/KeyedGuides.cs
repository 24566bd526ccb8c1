namespace LiveDash.Web.ViewModels;

/// <summary>Puts a key's placeholder into the lines of senders that come by HTTP, where the server asks for keys. Stateless.</summary>
public static class KeyedGuides
{
    private const string Header = "Authorization: Bearer $LIVEDASH_KEY";
    private static readonly string[] s_keyless = ["tcp", "statsd", "graphite", "otelcol", "otlp"];

    /// <summary>The guides with a first step that says where the key comes from, and lines that send it. Those whose protocol carries no key stay as they are.</summary>
    public static IReadOnlyList<SenderGuide> Of(IReadOnlyList<SenderGuide> guides) => [.. guides.Select(static guide => s_keyless.Contains(guide.Id) ? guide : With(guide))];

    private static SenderGuide With(SenderGuide guide) => guide with
    {
        Lead = guide.Lead.Replace("token, organisation", "the key is the token; organisation", StringComparison.Ordinal),
        Steps = [new SenderStep("Take a key", "an administrator makes one on the page Keys", "export LIVEDASH_KEY=ld_..."), .. guide.Steps.Select(static step => step with { Lines = Keyed(step.Lines) }), .. Hint(guide.Id)],
    };

    private static string Keyed(string lines) => lines
        .Replace("curl ", $"curl -H \"{Header}\" ", StringComparison.Ordinal)
        .Replace("-ContentType application/json `", "-ContentType application/json -Headers @{ \"X-Api-Key\" = $env:LIVEDASH_KEY } `", StringComparison.Ordinal)
        .Replace("token = \"unused\"", "token = \"${LIVEDASH_KEY}\"", StringComparison.Ordinal)
        .Replace("import json, urllib.request\n", "import json, os, urllib.request\n", StringComparison.Ordinal)
        .Replace("urllib.request.urlopen(", "key = {\"X-Api-Key\": os.environ[\"LIVEDASH_KEY\"]}\nurllib.request.urlopen(urllib.request.Request(", StringComparison.Ordinal)
        .Replace("json.dumps(point).encode())", "json.dumps(point).encode(), key))", StringComparison.Ordinal);

    private static IEnumerable<SenderStep> Hint(string id) => id switch
    {
        "prometheus" => [new("And the key", "prometheus.yml, below the url", "    authorization: { credentials: \"ld_...\" }")],
        "collectd" => [new("And the key", "/etc/collectd/collectd.conf, in the node", "    Header \"X-Api-Key: ld_...\"")],
        "websocket" => [new("And the key", "with a client that sets headers, such as the package ws", "new WebSocket(address, { headers: { \"X-Api-Key\": process.env.LIVEDASH_KEY } });")],
        _ => [],
    };
}
