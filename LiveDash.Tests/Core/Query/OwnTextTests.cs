using LiveDash.Core.Query;
using LiveDash.Core.Query.Tree;
using LiveDash.Core.Rules;

namespace LiveDash.Tests.Core.Query;

/// <summary>LiveDash's own text and PromQL are two ways to write one tree.</summary>
public sealed class OwnTextTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void TryParse_RandomConditions_ComeBackThroughPromQl(int seed)
    {
        var conditions = new RandomConditions(seed);
        for (var i = 0; i < 500; i++)
        {
            var text = conditions.Condition(4);
            Assert.True(OwnQuery.TryParse(text, out var tree, out var fault), $"{text}: {fault}");
            Assert.True(OwnQuery.TryFormat(tree, out var own), text);

            var prom = PromQuery.Parse(tree.ToString());

            Assert.True(OwnQuery.TryFormat(prom, out var again), tree.ToString());
            Assert.Equal(own, again);
            Assert.True(OwnQuery.TryParse(again, out var twice, out _));
            Assert.Equal(tree.ToString(), twice.ToString());
        }
    }

    [Fact]
    public void Parse_RandomRules_SayTheirTreeAndNothingElse()
    {
        var conditions = new RandomConditions(3, isForRules: true);
        for (var i = 0; i < 500; i++)
        {
            var text = conditions.Condition(3);
            if (!RuleExpression.TryParse(text, out var rule, out var fault))
            {
                Assert.StartsWith("Points within a polygon", fault.Detail, StringComparison.Ordinal);
                continue;
            }

            Assert.True(OwnQuery.TryParse(text, out var tree, out _));
            Assert.True(OwnQuery.TryFormat(tree, out var own));
            Assert.Equal(own, rule.ToString());
            Assert.Equal(rule, RuleExpression.Parse(own));
        }
    }

    [Fact]
    public void Parse_RandomPromQlAboutOwnWindows_IsReadAsTheSameTree()
    {
        var conditions = new RandomConditions(4);
        var queries = new RandomQueries(4);
        for (var i = 0; i < 300; i++)
        {
            var tree = PromQuery.Parse($"sum by (host) ({conditions.Call()} / on (host) group_left () max by (host) ({conditions.Condition(2)})) > ({queries.Vector(3)}) or -({conditions.Call()})");
            Assert.Equal(tree.ToString(), PromQuery.Parse(tree.ToString()).ToString());
            Assert.False(OwnQuery.TryFormat(tree, out _));
        }
    }

    [Theory]
    [InlineData("max(cpu.load)", typeof(AggregateExpr))]
    [InlineData("max(cpu.load, 30s)", typeof(WindowExpr))]
    [InlineData("MAX ( cpu.load{host=*} , 30s )", typeof(WindowExpr))]
    [InlineData("avg by (host) (load)", typeof(AggregateExpr))]
    [InlineData("rate(x[5m])", typeof(CallExpr))]
    [InlineData("rate(x, 5m)", typeof(WindowExpr))]
    [InlineData("count(max(x, 500))", typeof(AggregateExpr))]
    [InlineData("count(x{a=\"1, 2\"})", typeof(AggregateExpr))]
    [InlineData("mean(http{uri=\"/users/{id},x)\"}, 1m)", typeof(WindowExpr))]
    [InlineData("p99.9(latency{host=web-1}, session 30s)", typeof(WindowExpr))]
    [InlineData("ewma 30s(x, 5m)", typeof(WindowExpr))]
    [InlineData("above -1.5(x, 5m)", typeof(WindowExpr))]
    [InlineData("count(coords, 5m, within(0 0, 50 0, 50 50))", typeof(WindowExpr))]
    [InlineData("absent(x)", typeof(CallExpr))]
    [InlineData("absent(x, 5m)", typeof(AbsentExpr))]
    [InlineData("state(pump) == \"stopped\"", typeof(StateExpr))]
    [InlineData("anomaly(cpu.load{host=*}, high)", typeof(AnomalyExpr))]
    [InlineData("not state(pump) == \"stopped\"", typeof(NotExpr))]
    [InlineData("not (mean(x, 1m) > 1)", typeof(NotExpr))]
    [InlineData("not mean(x, 1m) > 1 and y", typeof(BinaryExpr))]
    [InlineData("not{a=\"b\"}", typeof(VectorSelector))]
    [InlineData("not + 1", typeof(BinaryExpr))]
    [InlineData("state", typeof(VectorSelector))]
    [InlineData("mean", typeof(VectorSelector))]
    [InlineData("above", typeof(VectorSelector))]
    public void Parse_EitherText_IsTold(string text, Type kind) => Assert.IsType(kind, PromQuery.Parse(text));

    [Theory]
    [InlineData("mean(x, 30q)", 8, "30q")]
    [InlineData("1 + mean(x{a=b, 30s)", 9, "'}'")]
    [InlineData("state(x) > 1", 9, "== or !=")]
    [InlineData("max_over_time(mean(x, 1m)[5m:1m])", 14, "subquery")]
    [InlineData("mean(x, 1m) offset 5m", 12, "offset")]
    [InlineData("not (x)", 4, "condition")]
    [InlineData("not (mean(x, 1m) > bool 1)", 4, "condition")]
    [InlineData("forecast(x, 1h) > 1", 0, "rules")]
    [InlineData("1 + outlier(x, 1h)", 4, "rules")]
    [InlineData("anomaly(by host)", 0, "rules")]
    [InlineData("count(x, 5m, within(0 0, 1 1))", 20, "3 to 1,000")]
    [InlineData("count(x, 5m, within(0 0, 1 1, 0 1, 1 0))", 20, "cross")]
    [InlineData("count(x, 5m, near(1 1))", 13, "within")]
    public void TryParse_Faulty_NamesThePlace(string text, int position, string about)
    {
        Assert.False(PromQuery.TryParse(text, out _, out var faults));
        Assert.Equal(position, faults[0].Position);
        Assert.Contains(about, faults[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_Strict_KnowsPromQlAlone()
    {
        Assert.False(PromQuery.TryParse("mean(x, 30s)", out _, out var faults, strict: true));
        Assert.Equal("unknown function with name \"mean\"", faults[0].Message);
        Assert.False(PromQuery.TryParse("not (x > 1)", out _, out _, strict: true));
    }

    [Theory]
    [InlineData("mean(x, 1m) > 1 banana", 16)]
    [InlineData("sum(x, 1m) / 2 > 1", 11)]
    public void TryParse_NotOwn_NamesThePlace(string text, int position)
    {
        Assert.False(OwnQuery.TryParse(text, out _, out var fault));
        Assert.Equal(position, fault.Position);
    }

    [Fact]
    public void TryFormat_WhatIsPromQlAlone_IsRefused()
    {
        foreach (var text in (string[])["mean(x, 1m) + 1 > 2", "x > 1", "mean(x, 1m)", "mean(x{a=*}, 1m) > 1 and on (a) mean(y{a=*}, 1m) > 1", "mean(x, 1m) > bool 1", "mean(x, 1m) > Inf", "1 < mean(x, 1m)"])
        {
            Assert.False(OwnQuery.TryFormat(PromQuery.Parse(text), out _), text);
        }
    }
}
