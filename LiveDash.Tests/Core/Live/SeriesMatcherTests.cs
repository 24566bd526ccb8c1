using LiveDash.Core.Live;
using LiveDash.Core.Model;

namespace LiveDash.Tests.Core.Live;

public sealed class SeriesMatcherTests
{
    private static readonly string[] s_patterns = ["a", "a*", "*", "a{host=*}", "a{host=h1}", "b{host=h?,job=api}", "*{job=db}", "ab{host=\"\"}", "c"];

    [Theory]
    [InlineData(1, int.MaxValue)]
    [InlineData(2, 12)]
    public void Update_AsTheCatalogGrows_FindsWhatMatchesOneByOne(int seed, int limit)
    {
        var random = new Random(seed);
        var catalog = new SeriesCatalog(new Limits());
        for (var round = 0; round < 40; round++)
        {
            var queries = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Patterns(random)).ToList();
            var matcher = new SeriesMatcher(catalog, queries, limit);
            var plain = new List<(int Series, int Query)>();
            var seen = 0;
            for (var step = 0; step < 6; step++)
            {
                for (var i = random.Next(5); i > 0; i--) catalog.TryIntern(Key(random), out _);
                var before = plain.Count;
                for (; seen < catalog.Count; seen++) plain.AddRange(Enumerable.Range(0, queries.Count).Where(query => queries[query].Any(pattern => pattern.Matches(catalog[seen]))).Select(query => (seen, query)));

                Assert.Equal(plain.Count > before, matcher.Update());
                Assert.Equal(plain.Take(limit), matcher.Found);
                Assert.Equal(Math.Max(0, plain.Count - (long)limit), matcher.More);
            }
        }
    }

    private static IReadOnlyList<SeriesPattern> Patterns(Random random) =>
        [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => SeriesPattern.TryParse(s_patterns[random.Next(s_patterns.Length)], out var pattern) ? pattern! : throw new InvalidOperationException())];

    private static SeriesKey Key(Random random)
    {
        var tags = new List<KeyValuePair<string, string>>();
        if (random.Next(3) > 0) tags.Add(new("host", $"h{random.Next(30)}"));
        if (random.Next(2) > 0) tags.Add(new("job", random.Next(2) == 0 ? "api" : "db"));
        return new SeriesKey(random.Next(10) switch { < 5 => "a", < 8 => "b", _ => "ab" }, tags);
    }
}
