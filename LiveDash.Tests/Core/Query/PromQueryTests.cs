using LiveDash.Core.Query;
using LiveDash.Core.Query.Parsing;
using LiveDash.Core.Query.Tree;

namespace LiveDash.Tests.Core.Query;

public sealed class PromQueryTests
{
    [Theory]
    [InlineData("foo")]
    [InlineData("foo:bar:rate5m")]
    [InlineData("foo{a=\"b\",c!=\"d\",e=~\"f.*\",g!~\"h|i\"}")]
    [InlineData("{\"cpu.load\",host=\"a\"}")]
    [InlineData("{__name__=~\"a.+\"}")]
    [InlineData("foo{\"host.name\"=\"x\"}")]
    [InlineData("foo[5m]")]
    [InlineData("foo[5m] offset 1h30m")]
    [InlineData("foo @ 1609746000.000 offset -5m")]
    [InlineData("foo @ start()")]
    [InlineData("sum(foo)[30m:1m] @ end() offset 2h")]
    [InlineData("rate(foo[5m])[1h:]")]
    [InlineData("1 + 2 * 3 ^ 4 ^ 5 % 6")]
    [InlineData("(1 + 2) * -foo")]
    [InlineData("-foo ^ 2")]
    [InlineData("2 ^ -foo")]
    [InlineData("a and b or c unless d")]
    [InlineData("a / on (x, y) group_left (z) b")]
    [InlineData("a - ignoring (x) b")]
    [InlineData("a * on () group_right () b")]
    [InlineData("a == bool 1")]
    [InlineData("a atan2 b")]
    [InlineData("sum by (a, b) (foo)")]
    [InlineData("topk without (a) (5, foo)")]
    [InlineData("count_values(\"version\", build)")]
    [InlineData("label_replace(a, \"b\", \"$1\", \"c\", \"(.*)\")")]
    [InlineData("histogram_quantile(0.9, sum by (le) (rate(b_bucket[5m])))")]
    [InlineData("time()")]
    [InlineData("\"a\\n\\\"b\\\"\"")]
    [InlineData("+Inf")]
    public void Parse_Canonical_ComesBackAsItIs(string text) => Assert.Equal(text, PromQuery.Parse(text, strict: true).ToString());

    [Theory]
    [InlineData("cpu.load{host='a'}", "{\"cpu.load\",host=\"a\"}")]
    [InlineData("SUM(foo) BY (a)", "sum by (a) (foo)")]
    [InlineData("foo AND bar", "foo and bar")]
    [InlineData("foo[300]", "foo[5m]")]
    [InlineData("foo[1.5]", "foo[1s500ms]")]
    [InlineData("5m", "300")]
    [InlineData("0x1F + 017 + 1e3 + .5 + 1_000", "31 + 15 + 1000 + 0.5 + 1000")]
    [InlineData("inf + NAN", "+Inf + NaN")]
    [InlineData("- 1", "-1")]
    [InlineData("foo # what it is\n + bar", "foo + bar")]
    [InlineData("`a\\b`", "\"a\\\\b\"")]
    [InlineData("'\\x41\\u00e4\\101\\U0001F600'", "\"AäA😀\"")]
    [InlineData("foo{a=\"b\",}", "foo{a=\"b\"}")]
    [InlineData("sum(a) by (b,)", "sum by (b) (a)")]
    [InlineData("a + on(x) group_left b", "a + on (x) group_left () b")]
    [InlineData("by{on=\"x\"}", "by{on=\"x\"}")]
    [InlineData("foo offset 5m @ 10", "foo @ 10.000 offset 5m")]
    [InlineData("sum", "sum")]
    [InlineData("foo[1w]", "foo[1w]")]
    [InlineData("foo[8d]", "foo[8d]")]
    [InlineData("rate(http_requests_total{code=~'5[0-9]{2}',job='api'}[5m])", "rate(http_requests_total{code=~\"5[0-9]{2}\",job=\"api\"}[5m])")]
    [InlineData("max(x{path='/a/{id}',job=\"b\"})", "max(x{path=\"/a/{id}\",job=\"b\"})")]
    [InlineData("max(x{path = `/a}/`, a='\\'}, 1'})", "max(x{path=\"/a}/\",a=\"'}, 1\"})")]
    [InlineData("sum( # of a, b\nup)", "sum(up)")]
    [InlineData("sum(up # a, b\n)", "sum(up)")]
    [InlineData("max(x{a='b}, 30s)", "max(x{a='b}, 30s)")]
    [InlineData("max(x{a=b#1}, 30s)", "max(x{a=b#1}, 30s)")]
    [InlineData("max(x#1, 30s)", "max(x#1, 30s)")]
    [InlineData("Not Not last(a, 1) > 2", "not not (last(a, 1) > 2)")]
    public void Parse_OtherSpellings_AreUnderstood(string text, string canonical) => Assert.Equal(canonical, PromQuery.Parse(text).ToString());

    [Theory]
    [InlineData("", 0, "no expression found in input")]
    [InlineData("sum(foo", 7, "unexpected end of input in aggregation, expected \")\"")]
    [InlineData("foo{a=b}", 6, "unexpected identifier \"b\" in label matching, expected string")]
    [InlineData("foo{a=~\"(\"}", 7, "")]
    [InlineData("foo{a=~\"(?=x)\"}", 7, "")]
    [InlineData("rate(foo)", 5, "expected type range vector in call to function \"rate\", got instant vector")]
    [InlineData("rate()", 0, "expected 1 argument(s) in call to \"rate\", got 0")]
    [InlineData("1 + nope(foo)", 4, "unknown function with name \"nope\"")]
    [InlineData("1 > 2", 2, "comparisons between scalars must use BOOL modifier")]
    [InlineData("foo + bool bar", 6, "bool modifier can only be used on comparison operators")]
    [InlineData("1 and foo", 2, "set operator \"and\" not allowed in binary scalar expression")]
    [InlineData("foo + on(a) 1", 4, "vector matching only allowed between instant vectors")]
    [InlineData("a and on(b) group_left() c", 12, "no grouping allowed for \"and\" operation")]
    [InlineData("a / on(b) group_left(b) c", 10, "label \"b\" must not occur in ON and GROUP clause at once")]
    [InlineData("{a=\"\"}", 0, "vector selector must contain at least one non-empty matcher")]
    [InlineData("foo{__name__=\"bar\"}", 0, "metric name must not be set twice: \"foo\" or \"bar\"")]
    [InlineData("foo[0s]", 4, "duration must be greater than 0")]
    [InlineData("foo[5m", 6, "unexpected end of input in matrix selector, expected \"]\"")]
    [InlineData("sum(foo)[5m]", 8, "ranges only allowed for vector selectors")]
    [InlineData("foo offset 5m [1m]", 14, "no offset modifiers allowed before range")]
    [InlineData("(1)[5m:]", 0, "subquery is only allowed on instant vector, got scalar instead")]
    [InlineData("sum(foo) offset 5m", 9, "offset modifier must be preceded by an instant vector selector or range vector selector or a subquery")]
    [InlineData("foo offset 1m offset 2m", 14, "offset may not be set multiple times")]
    [InlineData("-\"a\"", 1, "unary expression only allowed on expressions of type scalar or instant vector, got \"string\"")]
    [InlineData("sum(1)", 4, "expected type instant vector in aggregation expression, got scalar")]
    [InlineData("topk(foo, bar)", 5, "expected type scalar in aggregation parameter, got instant vector")]
    [InlineData("foo \"", 4, "unterminated quoted string")]
    [InlineData("\"\\q\"", 1, "unknown escape sequence '\\q'")]
    [InlineData("foo = 1", 4, "unexpected \"=\"")]
    [InlineData("5q", 0, "bad number or duration syntax: \"5q\"")]
    [InlineData("double_exponential_smoothing(a[5m], 0.5, 0.5)", 0, "function \"double_exponential_smoothing\" is experimental and is not enabled")]
    [InlineData("foo ~ 1", 4, "unexpected character: '~'")]
    public void TryParse_Fault_IsToldWithItsPlace(string text, int position, string message)
    {
        Assert.False(PromQuery.TryParse(text, out _, out var faults));
        Assert.Equal(position, faults[0].Position);
        if (message.Length > 0) Assert.Equal(message, faults[0].Message);
    }

    [Fact]
    public void Parse_SeveralFaults_TellsAllInTheOrderOfTheirPlaces()
    {
        var fault = Assert.Throws<QuerySyntaxException>(static () => PromQuery.Parse("rate(foo) +\n (1 > 2) + sum(3)"));
        Assert.Equal([5, 16, 27], fault.Faults.Select(static one => one.Position));
        Assert.StartsWith("1:6: parse error: expected type range vector", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_DottedNameInStrictMode_IsRefused()
    {
        Assert.False(PromQuery.TryParse("cpu.load", out _, out var faults, strict: true));
        Assert.Equal(3, faults[0].Position);
        Assert.Equal("cpu.load", Assert.IsType<VectorSelector>(PromQuery.Parse("cpu.load")).Name);
    }

    [Theory]
    [InlineData("(", ")")]
    [InlineData("-", "")]
    [InlineData("sum(", ")")]
    [InlineData("1 ^ ", "")]
    public void TryParse_TooDeep_IsRefused(string open, string close)
    {
        var text = string.Concat(Enumerable.Repeat(open, 5_000)) + "a" + string.Concat(Enumerable.Repeat(close, 5_000));
        Assert.False(PromQuery.TryParse(text, out _, out var faults));
        Assert.Contains("nests at most", faults[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TryParse_LongChains_AreReadUpToTheBound()
    {
        Assert.True(PromQuery.TryParse(string.Join(" or ", Enumerable.Repeat("a", 150)), out _, out _));
        Assert.False(PromQuery.TryParse(string.Join(" or ", Enumerable.Repeat("a", 500)), out _, out _));
        Assert.False(PromQuery.TryParse(new string('a', PromQuery.MaxLength + 1), out _, out _));
        Assert.False(PromQuery.TryParse("a" + string.Concat(Enumerable.Repeat("[5m:]", 500)), out _, out _));
    }

    [Fact]
    public void ToString_RandomTrees_AreReadAsTheSameTrees()
    {
        var trees = new RandomQueries(20_261_130);
        for (var i = 0; i < 1_000; i++)
        {
            var tree = PromQuery.Parse(trees.Vector(4), experimental: true);
            var again = PromQuery.Parse(tree.ToString(), strict: true, experimental: true);
            Assert.Equal(tree.ToString(), again.ToString());
            AssertSame(tree, again);
        }
    }

    private static void AssertSame(QueryExpr first, QueryExpr second)
    {
        Assert.Equal(first.GetType(), second.GetType());
        switch (first)
        {
            case VectorSelector selector:
                Assert.Equal((selector.Name, selector.Shift), (((VectorSelector)second).Name, ((VectorSelector)second).Shift));
                Assert.Equal(selector.Matchers, ((VectorSelector)second).Matchers);
                break;
            case BinaryExpr binary:
                Assert.Equal((binary.Operator, binary.ReturnsBool, binary.Matching?.Cardinality), (((BinaryExpr)second).Operator, ((BinaryExpr)second).ReturnsBool, ((BinaryExpr)second).Matching?.Cardinality));
                break;
            case SubqueryExpr subquery:
                Assert.Equal((subquery.Range, subquery.Step, subquery.Shift), (((SubqueryExpr)second).Range, ((SubqueryExpr)second).Step, ((SubqueryExpr)second).Shift));
                break;
        }

        Assert.Equal(first.Children.Count, second.Children.Count);
        for (var i = 0; i < first.Children.Count; i++) AssertSame(first.Children[i], second.Children[i]);
    }
}
