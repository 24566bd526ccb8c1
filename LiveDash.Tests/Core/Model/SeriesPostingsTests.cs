using LiveDash.Core.Model;

namespace LiveDash.Tests.Core.Model;

public sealed class SeriesPostingsTests
{
    private static readonly string[] s_values = ["", "a", "b", "ab", "a\\b", "b2"];
    private static readonly string[] s_patterns = ["", "a", "b", "*", "a*", "?", "a\\b", "a\\*", "*b"];

    [Fact]
    public void Match_RandomPatternsAsTheCatalogGrows_FindsWhatMatchesOneByOne()
    {
        var random = new Random(18);
        var catalog = new SeriesCatalog(new Limits());
        for (var round = 0; round < 300; round++)
        {
            for (var i = 0; i < 5; i++) catalog.TryIntern(Key(random, s_values), out _);
            var key = Key(random, s_patterns);
            Assert.True(SeriesPattern.TryParse(key.ToString(), out var pattern), key.ToString());
            var expected = Enumerable.Range(0, catalog.Count).Where(series => pattern!.Matches(catalog[series])).ToList();
            Assert.Equal(expected, catalog.Match(pattern!));
        }

        Assert.True(catalog.Count > 200);
    }

    [Fact]
    public void Narrow_OneOfManyHasTheValue_LooksAtItAlone()
    {
        var catalog = new SeriesCatalog(new Limits());
        for (var i = 0; i < 1_000; i++) catalog.TryIntern(new SeriesKey("load", [new("host", $"h{i}"), new("job", i % 2 == 0 ? "even" : "odd")]), out _);
        var postings = catalog.Postings;
        Assert.Equal([7], postings.Narrow([new(SeriesPostings.Name, "load"), new("job", "odd"), new("host", "h7")]).ToArray());
        Assert.Equal(500, postings.Narrow([new(SeriesPostings.Name, "load"), new("job", null, static value => value == "odd")]).Length);
        Assert.Equal([999], postings.Narrow([new("job", "odd")], from: 998).ToArray());
        Assert.Empty(postings.Narrow([new("zone", "eu")]).ToArray());
        Assert.Equal(["even", "odd"], postings.Values("job").Order(StringComparer.Ordinal));
        Assert.Equal([SeriesPostings.Name, "host", "job"], postings.Labels().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Narrow_WhatWasGivenOut_StaysAsItWasWhileTheCatalogGrows()
    {
        var catalog = new SeriesCatalog(new Limits());
        catalog.TryIntern(new SeriesKey("a", [new("n", "0")]), out _);
        var before = catalog.Postings.Narrow([new(SeriesPostings.Name, "a")]);
        for (var i = 1; i < 100; i++) catalog.TryIntern(new SeriesKey("a", [new("n", $"{i}")]), out _);
        Assert.Equal(100, catalog.Postings.Narrow([new(SeriesPostings.Name, "a")]).Length);
        Assert.Equal([0], before.ToArray());
    }

    [Fact]
    public async Task Narrow_TestThatTakesLong_KeepsNobodyElseWaiting()
    {
        var catalog = new SeriesCatalog(new Limits());
        for (var i = 0; i < 10; i++) catalog.TryIntern(new SeriesKey($"a{i}", [new("n", $"{i % 2}")]), out _);
        using var begun = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        var narrowing = Task.Run(() => catalog.Postings.Narrow([new("n", null, Test)]).Length);
        Assert.True(begun.Wait(TimeSpan.FromSeconds(30)), "the test began");
        try
        {
            Assert.Equal(2, (await Task.Run(() => catalog.Postings.Values("n")).WaitAsync(TimeSpan.FromSeconds(30))).Count);
        }
        finally
        {
            release.Set();
        }

        Assert.Equal(5, await narrowing);

        bool Test(string value)
        {
            begun.Set();
            Assert.True(release.Wait(TimeSpan.FromSeconds(60)), "somebody else was answered");
            return value == "1";
        }
    }

    [Fact]
    public void Narrow_NobodyWaits_TestsNoMore()
    {
        var catalog = new SeriesCatalog(new Limits());
        for (var i = 0; i < 10; i++) catalog.TryIntern(new SeriesKey($"a{i}", [new("n", $"{i % 5}")]), out _);
        using var stop = new CancellationTokenSource();
        var tested = 0;
        Assert.Throws<OperationCanceledException>(() => catalog.Postings.Narrow([new("n", null, Test)], 0, stop.Token));
        Assert.Equal(1, tested);

        bool Test(string value)
        {
            tested++;
            stop.Cancel();
            return true;
        }
    }

    private static SeriesKey Key(Random random, string[] values)
    {
        string Next() => values[random.Next(values.Length)];
        var name = "n" + Next();
        return new SeriesKey(name, ((string[])["x", "y", SeriesPostings.Name]).Where(_ => random.Next(3) > 0).Select(tag => new KeyValuePair<string, string>(tag, Next())));
    }
}
