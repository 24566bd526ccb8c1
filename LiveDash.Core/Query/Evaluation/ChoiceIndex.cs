using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Tree;

namespace LiveDash.Core.Query.Evaluation;

/// <summary>
/// Which of many choices look at a series: each stands under its name and the label values that it asks for alone, so a series is held against those that can want it and not against all.
/// Bounded by who adds them. Not thread-safe.
/// </summary>
/// <typeparam name="T">Whose choices they are.</typeparam>
internal sealed class ChoiceIndex<T>
    where T : notnull
{
    // A choice of more values than this stands under its name alone.
    private const int MaxValues = 64;

    private readonly Dictionary<(string Name, string Label, string Value), List<(SeriesChoice Choice, T Owner)>> _places = [];

    /// <summary>Adds a choice.</summary>
    public void Add(SeriesChoice choice, T owner)
    {
        foreach (var place in Places(choice))
        {
            if (!_places.TryGetValue(place, out var list)) _places[place] = list = [];
            list.Add((choice, owner));
        }
    }

    /// <summary>Takes a choice away that was added.</summary>
    public void Remove(SeriesChoice choice, T owner)
    {
        foreach (var place in Places(choice))
        {
            var list = _places[place];
            list.RemoveAt(list.FindIndex(one => ReferenceEquals(one.Choice, choice) && one.Owner.Equals(owner)));
            if (list.Count == 0) _places.Remove(place);
        }
    }

    /// <summary>The choices that may look at a series of these labels, and no other does: whose they are is told with them, and a choice may be told twice. No regular expression is run.</summary>
    public IEnumerable<(SeriesChoice Choice, T Owner)> Narrow(LabelSet labels)
    {
        var found = new List<(SeriesChoice, T)>();
        if (_places.Count == 0) return found;
        Narrow("", labels, found);
        if (labels.Name.Length > 0) Narrow(labels.Name, labels, found);
        return found;
    }

    /// <summary>Whose choices look at a series of these labels, each once. One whose choice cannot say so looks at it not, and keeps no other from it.</summary>
    public HashSet<T> Find(LabelSet labels)
    {
        var found = new HashSet<T>();
        foreach (var (choice, owner) in Narrow(labels))
        {
            try
            {
                if (!found.Contains(owner) && choice.Matches(labels)) found.Add(owner);
            }
            catch (QueryException)
            {
                // Said where it is judged.
            }
        }

        return found;
    }

    private void Narrow(string name, LabelSet labels, List<(SeriesChoice, T)> found)
    {
        Narrow((name, "", ""), found);
        foreach (var (label, value) in labels.Pairs)
        {
            if (label != LabelNames.Name) Narrow((name, label, value), found);
        }
    }

    private void Narrow((string, string, string) place, List<(SeriesChoice, T)> found)
    {
        if (_places.TryGetValue(place, out var list)) found.AddRange(list);
    }

    // Under each name of few, or none, and there under each value of the label with the fewest, where it asks for few.
    private static IEnumerable<(string Name, string Label, string Value)> Places(SeriesChoice choice)
    {
        IReadOnlyCollection<string> names = [""];
        (string Label, IReadOnlyCollection<string> Values) least = ("", [""]);
        foreach (var only in choice.Only)
        {
            if (only.Values.Count > MaxValues) continue;
            if (only.Label == LabelNames.Name) names = only.Values;
            else if (least.Label.Length == 0 || only.Values.Count < least.Values.Count) least = only;
        }

        if (names.Count * least.Values.Count > MaxValues) least = ("", [""]);
        return names.SelectMany(name => least.Values.Select(value => (name, least.Label, value)));
    }
}
