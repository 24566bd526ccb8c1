using LiveDash.Core.Model;
using LiveDash.Core.Rules;

namespace LiveDash.Tests.Core.Rules;

public sealed class RuleSetTests
{
    [Fact]
    public void MayChoose_EveryName_GivesAllRulesThatMatchInTheOrderOfTheirMaking()
    {
        string[] patterns = ["a", "b{host=*}", "a{host=x}", "*", "a*{host=*}", "c", "?{host=x}", "b"];
        var rules = patterns.Select(static (pattern, place) => RuleReader.TryRead(new RuleConfig { Id = $"r{place}", Name = "rule", Expr = $"mean({pattern}, 30s) > 1" }, out var rule, out _) ? rule! : throw new InvalidOperationException(pattern)).ToList();
        var set = new RuleSet(rules);
        foreach (var key in (SeriesKey[])[new("a"), new("b"), new("c"), new("d"), new("ab", [new("host", "x")]), new("a", [new("host", "x")]), new("b", [new("host", "y")])])
        {
            var may = set.MayChoose(key.Name).ToList();
            Assert.Equal(rules.FindAll(rule => rule.Pattern.Matches(key)), may.FindAll(rule => rule.Pattern.Matches(key)));
            Assert.Equal(may.OrderBy(rules.IndexOf), may);
        }

        Assert.DoesNotContain(rules[5], set.MayChoose("a"));
    }
}
