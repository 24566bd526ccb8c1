using LiveDash.Core.Model;
using LiveDash.Core.Query;

namespace LiveDash.Tests.Core.Query;

public sealed class ExpressionPlaceholdersTests
{
    private static readonly Placeholders s_values = new(new Dictionary<string, string> { ["host"] = "web.1", ["zone"] = Placeholders.Any, ["odd"] = "x\"} or secret{a=\"\\", ["w"] = "5m" });

    [Theory]
    [InlineData("rate(a{host=\"$host\"}[1m])", "rate(a{host=\"web.1\"}[1m])")]
    [InlineData("a{host=~\"$host-.*\"}", "a{host=~\"web\\\\.1-.*\"}")]
    [InlineData("a{host !~ '${host}'}", "a{host !~ \"web\\\\.1\"}")]
    [InlineData("a{zone=\"$zone\"}", "a{zone=~\".+\"}")]
    [InlineData("a{zone!=\"$zone\"}", "a{zone!~\".+\"}")]
    [InlineData("a{zone=\"eu.$zone\", host=\"$host\"}", "a{zone=~\"eu\\\\..+\", host=\"web.1\"}")]
    [InlineData("a{path=\"$host.$zone\"}", "a{path=~\"web\\\\.1\\\\..+\"}")]
    [InlineData("a{zone=~\"$zone\"} > 5 # $host", "a{zone=~\".+\"} > 5 # $host")]
    [InlineData("mean(cpu.load{host=$host}, 30s) + b{host=\"$host\"}", "mean(cpu.load{host=web.1,*}, 30s) + b{host=\"web.1\"}")]
    [InlineData("p99(latency{host=$zone}, 500)", "p99(latency{host=*}, 500)")]
    [InlineData("state(pump{host=$host}) == \"$host\"", "state(pump{host=web.1,*}) == \"$host\"")]
    [InlineData("sum(a) by (host)", "sum(a) by (host)")]
    [InlineData("a{host=\"$nobody\"}", "a{host=\"$nobody\"}")]
    [InlineData("label_replace(a, \"to\", \"$1\", \"from\", \"(.*)\")", "label_replace(a, \"to\", \"$1\", \"from\", \"(.*)\")")]
    public void Put_OfAnExpression_WritesEachValueAsItsPlaceAsks(string text, string expected)
    {
        var put = ExpressionPlaceholders.Put(text, s_values);

        Assert.Equal(expected, put);
        Assert.True(PromQuery.TryParse(put, out _, out var faults), string.Join(' ', faults));
    }

    [Theory]
    [InlineData("a{host=\"$odd\"}")]
    [InlineData("a{host=~\"$odd\"}")]
    [InlineData("mean(cpu.load{host=$odd}, 30s)")]
    public void Put_OfAValueThatLooksLikeMore_IsAValueAlone(string text)
    {
        var put = ExpressionPlaceholders.Put(text, s_values);

        Assert.True(PromQuery.TryParse(put, out var expr, out var faults), put + string.Join(' ', faults));
        // One selector, as before: nothing was joined to it.
        Assert.IsNotType<LiveDash.Core.Query.Tree.BinaryExpr>(expr);
    }

    [Theory]
    [InlineData("a,30s) or mean(b")]
    [InlineData("a,b")]
    [InlineData("a(")]
    [InlineData("a)")]
    [InlineData("a#")]
    public void Put_OfAValueThatCutsACall_LeavesItsNameAsItIsWritten(string value)
    {
        var put = ExpressionPlaceholders.Put("mean(cpu.$odd{host=$host,job=*}, 30s)", new Placeholders(new Dictionary<string, string> { ["odd"] = value, ["host"] = "web.1" }));

        Assert.Equal("mean(cpu.$odd{host=web.1,job=*}, 30s)", put);
        Assert.Equal("mean(cpu.load{host=*,job=*}, 30s)", ExpressionPlaceholders.Put("mean(cpu.$odd{host=$host,job=*}, 30s)", new Placeholders(new Dictionary<string, string> { ["odd"] = "load", ["host"] = Placeholders.Any })));
    }

    [Theory]
    [InlineData("a{host=\"$none\"}", "a{host=\"\uFFFD\"}")]
    [InlineData("a{host!=\"$none\"}", "a{host=\"\uFFFD\"}")]
    [InlineData("a{host!~\"$none-.*\"}", "a{host=~\"\uFFFD-.*\"}")]
    [InlineData("mean(cpu{host=$none}, 30s)", "mean(cpu{host=\uFFFD,*}, 30s)")]
    public void Put_OfNothing_AsksForNoSeriesWhateverTheSign(string text, string expected)
    {
        var put = ExpressionPlaceholders.Put(text, new Placeholders(new Dictionary<string, string> { ["none"] = Placeholders.Nothing }));

        Assert.Equal(expected, put);
        Assert.True(PromQuery.TryParse(put, out _, out var faults), string.Join(' ', faults));
    }

    [Theory]
    [InlineData("rate(a[$w])")]
    [InlineData("a{host=\"$host")]
    [InlineData("$host + 1")]
    public void Put_WhereNoValueMayStand_ChangesNothing(string text) => Assert.Equal(text, ExpressionPlaceholders.Put(text, s_values));
}
