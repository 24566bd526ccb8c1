using LiveDash.Web.ViewModels;

namespace LiveDash.Tests.Web.ViewModels;

public sealed class KeyedGuidesTests
{
    private static readonly IReadOnlyList<SenderGuide> s_guides = KeyedGuides.Of(SenderGuides.For("https://dash.example.org", static _ => "127.0.0.1:1"));

    [Fact]
    public void Guides_OfEverySenderByHttp_SendTheKeyAndNeverInAnAddress()
    {
        foreach (var guide in s_guides.Where(static guide => guide.Id is not ("tcp" or "statsd" or "graphite" or "otelcol" or "otlp")))
        {
            var lines = string.Join('\n', guide.Steps.Select(static step => step.Lines));
            Assert.True(lines.Contains("LIVEDASH_KEY", StringComparison.Ordinal), guide.Id);
            Assert.DoesNotContain("?key=", lines, StringComparison.Ordinal);
            foreach (var line in lines.Split('\n').Where(static line => line.Contains("curl ", StringComparison.Ordinal))) Assert.Contains("Authorization: Bearer $LIVEDASH_KEY", line, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Guide_OfPython_IsStillOneStatement()
    {
        var lines = s_guides.Single(static guide => guide.Id == "python").Steps[1].Lines;

        Assert.EndsWith("urllib.request.urlopen(urllib.request.Request(\"https://dash.example.org/api/points\", json.dumps(point).encode(), key))", lines.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(lines.Count(static c => c == '('), lines.Count(static c => c == ')'));
    }
}
