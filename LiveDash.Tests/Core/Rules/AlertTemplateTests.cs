using LiveDash.Core.Rules.Templates;

namespace LiveDash.Tests.Core.Rules;

/// <summary>Templates of Prometheus' rules; what comes of them is what Prometheus 2.42 makes.</summary>
public sealed class AlertTemplateTests
{
    private static readonly Dictionary<string, string> s_labels = new() { ["instance"] = "web1:9100", ["job"] = "node" };

    [Theory]
    [InlineData("{{ $labels.instance }} is at {{ $value }}", 0.25, "web1:9100 is at 0.25")]
    [InlineData("{{$labels.job}}/{{ .Labels.job }} {{ .Value }}", 1e21, "node/node 1e+21")]
    [InlineData("{{ $value }}", 2587332000, "2.587332e+09")]
    [InlineData("{{ $value }}", 123456.5, "123456.5")]
    [InlineData("{{ $value }}", 1e23, "1e+23")]
    [InlineData("{{ $labels.missing }}|{{ $labels }}", 1, "|map[instance:web1:9100 job:node]")]
    [InlineData("{{ $value | humanize }}", 1234567, "1.235M")]
    [InlineData("{{ $value | humanize }}", 0.00012, "120u")]
    [InlineData("{{ humanize1024 $value }}", 1048576, "1Mi")]
    [InlineData("{{ $value | humanizeDuration }}", 93784, "1d 2h 3m 4s")]
    [InlineData("{{ $value | humanizeDuration }}", 0.0015, "1.5ms")]
    [InlineData("{{ $value | humanizePercentage }}", 0.12345, "12.35%")]
    [InlineData("{{ $value | humanizeTimestamp }}", 1435065584.5, "2015-06-23 13:19:44.5 +0000 UTC")]
    [InlineData("{{ printf \"%.2f|%5.1f|%-4d|%s|%q|%v|%%\" $value $value 3 $labels.job $labels.job true }}", 2.345, "2.35|  2.3|3   |node|\"node\"|true|%")]
    [InlineData("{{ $value | printf \"%.4g\" }}", 12345.678, "1.235e+04")]
    [InlineData("a {{- /* why */ -}} b", 1, "ab")]
    [InlineData("{{ if gt $value 5.0 }}high{{ else if eq $labels.job \"node\" }}node{{ else }}low{{ end }}", 1, "node")]
    [InlineData("{{ with $labels.job }}{{ . | toUpper }}{{ end }}{{ with $labels.no }}x{{ else }}none{{ end }}", 1, "NODEnone")]
    [InlineData("{{ range $k, $v := $labels }}{{ $k }}={{ $v }};{{ end }}", 1, "instance=web1:9100;job=node;")]
    [InlineData("{{ $name := $labels.instance }}{{ reReplaceAll \":.*\" \"\" $name }} {{ stripPort $name }} {{ match \"web.\" $name }}", 1, "web1 web1 true")]
    [InlineData("{{ (and $labels.job $labels.instance) | title }}", 1, "Web1:9100")]
    [InlineData("no braces { } here", 1, "no braces { } here")]
    public void Fill_Template_IsAsPrometheusMakesIt(string template, double value, string text) => Assert.Equal(text, AlertTemplate.Fill(template, s_labels, value));

    [Theory]
    [InlineData("{{ nothing }}", "function \"nothing\" not defined")]
    [InlineData("{{ $value", "no closing braces")]
    [InlineData("{{ if $value }}x", "has no {{end}}")]
    [InlineData("{{ $other }}", "undefined variable \"$other\"")]
    [InlineData("{{ template \"x\" }}", "not supported")]
    [InlineData("{{ end }}", "unexpected {{end}}")]
    public void Check_Faulty_SaysWhy(string template, string words) => Assert.Contains(words, AlertTemplate.Check(template), StringComparison.Ordinal);

    [Fact]
    public void Fill_Query_SaysThatItIsNotRun()
    {
        const string Template = "{{ query \"up\" | first | value }}";
        Assert.True(AlertTemplate.AsksQuery(Template));
        Assert.Null(AlertTemplate.Check(Template));
        Assert.Contains("not run", AlertTemplate.Fill(Template, s_labels, 1), StringComparison.Ordinal);
    }
}
