using LiveDash.Core.Query.Tree;

namespace LiveDash.Tests.Core.Query;

public sealed class LabelMatcherTests
{
    [Theory]
    [InlineData("eu|us", "eu", true)]
    [InlineData("eu|us", "eu|us", false)]
    [InlineData("eu|", "", true)]
    [InlineData("", "", true)]
    [InlineData("", "x", false)]
    [InlineData("web", "web1", false)]
    [InlineData("web.", "web1", true)]
    [InlineData("web.*", "web\n1", true)]
    [InlineData("(?i)WEB", "web", true)]
    [InlineData("(?P<a>w)eb", "web", true)]
    [InlineData("[[:alpha:]]+", "web", true)]
    [InlineData("[[:alpha:]]+", "web1", false)]
    [InlineData("[^[:digit:]x]", "y", true)]
    [InlineData("\\d+", "12", true)]
    [InlineData("\\d+", "\u0661", false)]
    [InlineData("\\Qa.b\\E.", "a.bc", true)]
    [InlineData("\\Qa.b\\E.", "axbc", false)]
    [InlineData("[]x]+", "]x", true)]
    [InlineData("a$", "a\n", false)]
    public void Matches_Pattern_HoldsForTheWholeValueAsInRe2(string pattern, string value, bool expected)
    {
        Assert.Equal(expected, new LabelMatcher("l", MatchKind.Regex, pattern).Matches(value));
        Assert.Equal(!expected, new LabelMatcher("l", MatchKind.NotRegex, pattern).Matches(value));
    }

    [Theory]
    [InlineData("(")]
    [InlineData("(?=a)")]
    [InlineData("(a)\\1")]
    [InlineData("[[:nope:]]")]
    [InlineData("a\\")]
    public void LabelMatcher_WhatRe2Refuses_IsRefused(string pattern) =>
        Assert.ThrowsAny<ArgumentException>(() => new LabelMatcher("l", MatchKind.Regex, pattern));

    [Fact]
    public void Matches_PatternThatBacktrackingChokesOn_IsLinear() =>
        Assert.False(new LabelMatcher("l", MatchKind.Regex, "(a+)+b").Matches(new string('a', 100_000)));
}
