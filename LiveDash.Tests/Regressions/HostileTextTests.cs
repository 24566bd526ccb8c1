using System.Text.Json;
using LiveDash.Core.Geometry;
using LiveDash.Core.Model;
using LiveDash.Core.Rules;
using LiveDash.Core.Rules.Templates;

namespace LiveDash.Tests.Regressions;

/// <summary>Texts within their lengths that ended the process, or would have kept it busy for years: what they may cost is bounded, and said.</summary>
public sealed class HostileTextTests
{
    private static readonly Dictionary<string, string> s_labels = Enumerable.Range(0, 16).ToDictionary(static i => $"l{i}", static i => $"v{i}");

    [Theory]
    [InlineData("{{ ", "(", "1 }}", "parentheses are nested more than 32 deep")]
    [InlineData("{{ $a := \"xxxxxxxx\" }}", "{{ $a = print $a $a }}", "{{ $a }}", "more than 20,000 characters")]
    [InlineData("{{ $a := \"xxxxxxxx\" }}", "{{ $a = reReplaceAll \"x\" \"xxxxxxxx\" $a }}", "{{ $a }}", "longer than 20,000 characters")]
    [InlineData("{{ \"a\"", " | printf \"%900s%[1]s\"", " }}", "error")]
    [InlineData("{{ range $labels }}", "{{ range $labels }}", "", "nested more than 32 deep")]
    public void Fill_TemplateWithoutMeasure_SaysWhyItIsNot(string before, string repeated, string after, string why)
    {
        var template = before + string.Concat(Enumerable.Repeat(repeated, 2_000)) + after;

        Assert.Contains(why, AlertTemplate.Fill(template, s_labels, 1), StringComparison.Ordinal);
    }

    // 16 to the 20th of rounds, each of which writes nothing.
    [Fact]
    public void Fill_RangesWithinRanges_GivesUpAndSaysSo()
    {
        var template = string.Concat(Enumerable.Repeat("{{ range $labels }}", 20)) + string.Concat(Enumerable.Repeat("{{ end }}", 20));

        Assert.Contains("it takes more than 500,000 steps", AlertTemplate.Fill(template, s_labels, 1), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AnnotationThatNests_IsAFaultOfTheRule()
    {
        var config = new RuleConfig { Name = "deep", Language = RuleLanguage.PromQl, Expr = "up == 0", Annotations = new Dictionary<string, string> { ["summary"] = "{{ " + new string('(', 9_000) } };

        Assert.False(RuleReader.TryRead(config, out _, out var faults));
        Assert.Contains("nested more than 32 deep", faults.Single().Detail, StringComparison.Ordinal);
        // One that is too long is not even looked at.
        Assert.False(RuleReader.TryRead(config with { Annotations = new Dictionary<string, string> { ["summary"] = "{{ " + new string('(', 900_000) } }, out _, out faults));
        Assert.Contains("at most 10,000 characters", faults.Single().Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(a{100}){100}")]
    [InlineData("((a{10}){20}){30}")]
    [InlineData("a{1001}")]
    [InlineData("(b|(a{2,50})*){30,}")]
    [InlineData("[a{2}]{99999999999}")]
    [InlineData(@"\c[((a{1000}){1000}){1000}")]
    [InlineData(@"[\c][]((a{1000}){1000}){1000}")]
    public void Compile_RepeatedMoreThanAThousandTimes_IsRefused(string pattern) =>
        Assert.Contains("invalid repeat count", Assert.Throws<ArgumentException>(() => LinearPattern.Compile(pattern)).Message, StringComparison.Ordinal);

    // Each within the bound, and together far beyond it.
    [Theory]
    [InlineData("(.*a.{1000}", 700)]
    [InlineData("(a{1000}", 11)]
    [InlineData("((a|b){500}(c){2}", 11)]
    [InlineData("(abcdefghijklmnopqrstuvwxyz){400", 1)]
    public void Compile_RepeatsSideBySide_AreRefusedWithTheLimit(string part, int times)
    {
        var pattern = times == 1 ? part + "}" : "(" + string.Join('|', Enumerable.Repeat(part + ")", times)) + ")";
        var message = Assert.Throws<ArgumentException>(() => LinearPattern.Compile(pattern)).Message;
        Assert.Contains("invalid repeat count", message, StringComparison.Ordinal);
        Assert.Contains("more than 1,200 parts", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_AsManyPartsAsAreAllowed_IsRead()
    {
        Assert.Matches(LinearPattern.Compile(string.Join('|', Enumerable.Repeat(@"^(\d{1,3}\.){3}\d{1,3}$", 50))), "10.0.0.1");
        Assert.Matches(LinearPattern.Compile(string.Join('|', Enumerable.Range(0, 150).Select(static i => $"host{i:0000}"))), "host0017");
    }

    [Theory]
    [InlineData("(a{100}){10}", "a")]
    [InlineData("(a{30})(b{40})", "b")]
    [InlineData("[^]{900}]{900}", "a")]
    [InlineData(@"\p{L}{5}", "abcde")]
    [InlineData(@"a\{900}{2}", "a{900}}")]
    [InlineData("x{,900}", "x{,900}")]
    [InlineData("(?i)(?<axle>A)(?i-s:b)", "ab")]
    public void Compile_Repeated_IsRead(string pattern, string text) => LinearPattern.Compile(pattern).IsMatch(text);

    [Theory]
    [InlineData("(?=a)")]
    [InlineData(@"(a)\1")]
    [InlineData("(?>a)")]
    [InlineData("(?#[)((a{1000}){1000}){1000}")]
    [InlineData("(?x)((a{1000}) {1000}) {1000}")]
    [InlineData("(?i-s:(?ix:(a{1000}) {1000}))")]
    [InlineData("[[::][]((a{1000}){1000}){1000}")]
    public void Compile_WhatLooksAroundOrBack_IsRefused(string pattern) => Assert.Throws<ArgumentException>(() => LinearPattern.Compile(pattern));

    // Two combs across each other: ten thousand corners, and six million crossings.
    [Fact]
    public void Parse_CollectionThatCrossesMillionsOfTimes_IsRefused()
    {
        var fault = Assert.Throws<GeometryException>(() => GeoJson.Parse(JsonDocument.Parse(Combs(1_200)).RootElement));
        Assert.Contains("cross each other more than 50,000 times", fault.Message, StringComparison.Ordinal);
        var few = GeoJson.Parse(JsonDocument.Parse(Combs(20)).RootElement);
        Assert.True(few.Contains(0.25, 10), "What the combs cover together is found where they cross less often.");
    }

    private static string Combs(int teeth)
    {
        var standing = Comb(teeth).ToList();
        return $$"""{"type":"FeatureCollection","features":[{{Feature(standing)}},{{Feature(standing.ConvertAll(static corner => (corner.Y, corner.X)))}}]}""";
    }

    // A back along the bottom, and teeth that stand on it.
    private static IEnumerable<(double X, double Y)> Comb(int teeth)
    {
        yield return (-1, -2);
        yield return (-1, -1);
        for (var i = 0; i < teeth; i++)
        {
            yield return (i, -1);
            yield return (i, teeth);
            yield return (i + 0.5, teeth);
            yield return (i + 0.5, -1);
        }

        yield return (teeth, -1);
        yield return (teeth, -2);
    }

    private static string Feature(IEnumerable<(double X, double Y)> corners) =>
        $$$"""{"type":"Feature","geometry":{"type":"Polygon","coordinates":[[{{{string.Join(',', corners.Select(static corner => FormattableString.Invariant($"[{corner.X},{corner.Y}]")))}}}]]}}""";
}
