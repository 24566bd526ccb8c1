using LiveDash.Core.Model;
using LiveDash.Core.Query;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Evaluation;

namespace LiveDash.Tests.Core.Query;

public sealed class SeriesIndexTests
{
    private static readonly string[] s_texts =
    [
        "a", "{__name__=~\"a|b\"}", "{__name__=~\".+\"}", "a{host=\"h1\"}", "a{host=\"\"}", "a{host!=\"h1\"}", "a{host!=\"\"}", "a{host=~\"h1|h2|h3\"}", "a{host=~\"h1|\"}", "a{host=~\"h[12].*\"}",
        "{host=~\"h.\",job=\"api\"}", "a{host!~\"h.*\"}", "{job=\"api\"}", "{job!=\"api\",host=\"h2\"}", "last(a, 1)", "last(a{host=h1}, 1)", "last(a{host=*}, 1)", "last(*{host=h*}, 1)", "last(a*{job=api}, 1)", "last(b{host=h?,job=*}, 1)",
    ];

    private readonly SeriesCatalog _catalog = new(new Limits());

    [Fact]
    public void Select_AsTheCatalogGrows_FindsWhatMatchesOneByOneInTheOrderOfLabels()
    {
        var random = new Random(18);
        var index = SeriesIndex.Of(_catalog);
        var choices = s_texts.SelectMany(static text => SeriesChoice.All(PromQuery.Parse(text))).ToList();
        for (var round = 0; round < 60; round++)
        {
            for (var i = random.Next(4); i > 0; i--) _catalog.TryIntern(Key(random), out _);
            foreach (var choice in choices)
            {
                var expected = Enumerable.Range(0, _catalog.Count).Where(series => choice.Matches(LabelSet.Of(_catalog[series]))).ToHashSet();
                var found = index.Select(choice);
                Assert.Equal(expected, found.Select(static one => one.Id).ToHashSet());
                Assert.Equal(found.Order(Comparer<SourceSeries>.Create(static (a, b) => a.Labels.CompareTo(b.Labels))).Select(static one => one.Labels), found.Select(static one => one.Labels));
            }
        }

        Assert.All(choices, choice => Assert.NotEmpty(index.Select(choice)));
    }

    [Fact]
    public void Select_MoreChoicesThanAreKept_AreStillRight()
    {
        for (var i = 0; i < 10; i++) _catalog.TryIntern(new SeriesKey("a", [new("n", $"{i}")]), out _);
        var index = SeriesIndex.Of(_catalog);
        for (var i = 0; i < (2 * SeriesIndex.MaxChoices) + 5; i++)
        {
            var choice = SeriesChoice.All(PromQuery.Parse($"a{{n=\"{i % 10}\",m!=\"{i}\"}}")).Single();
            Assert.Equal(i % 10, Assert.Single(index.Select(choice)).Id);
        }
    }

    [Fact]
    public void Find_ChoicesThatComeAndGo_FindsWhoseMatchOneByOne()
    {
        var random = new Random(7);
        var index = new ChoiceIndex<int>();
        var there = new List<(SeriesChoice Choice, int Owner)>();
        var long65 = "a{host=~\"" + string.Join('|', Enumerable.Range(0, 65).Select(static i => $"h{i}")) + "\"}";
        for (var round = 0; round < 500; round++)
        {
            if (there.Count > 30)
            {
                var gone = there[random.Next(there.Count)];
                index.Remove(gone.Choice, gone.Owner);
                there.Remove(gone);
            }

            var text = random.Next(10) == 0 ? long65 : s_texts[random.Next(s_texts.Length)];
            foreach (var choice in SeriesChoice.All(PromQuery.Parse(text)))
            {
                there.Add((choice, random.Next(5)));
                index.Add(there[^1].Choice, there[^1].Owner);
            }

            var labels = LabelSet.Of(Key(random));
            Assert.Equal(there.Where(one => one.Choice.Matches(labels)).Select(static one => one.Owner).ToHashSet(), index.Find(labels));
        }
    }

    private static SeriesKey Key(Random random)
    {
        var tags = new List<KeyValuePair<string, string>>();
        if (random.Next(3) > 0) tags.Add(new("host", random.Next(8) == 0 ? "" : $"h{random.Next(5)}"));
        if (random.Next(2) > 0) tags.Add(new("job", random.Next(2) == 0 ? "api" : "db"));
        if (random.Next(2) > 0) tags.Add(new("n", $"{random.Next(20)}"));
        return new SeriesKey(random.Next(10) switch { < 6 => "a", < 9 => "b", _ => "ab" }, tags);
    }
}
