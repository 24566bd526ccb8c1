using System.Text;
using LiveDash.Core.Query.Tree;

namespace LiveDash.Core.Query.Data;

/// <summary>
/// The labels of a series, sorted by name in ordinal order, its own name as <c>__name__</c> among them; a label that is empty is not there. Immutable, so safe on any thread.
/// </summary>
public sealed class LabelSet : IEquatable<LabelSet>, IComparable<LabelSet>
{
    private readonly KeyValuePair<string, string>[] _pairs;
    private readonly int _hash;

    private LabelSet(KeyValuePair<string, string>[] sorted)
    {
        _pairs = sorted;
        var hash = new HashCode();
        foreach (var (name, value) in sorted)
        {
            hash.Add(name, StringComparer.Ordinal);
            hash.Add(value, StringComparer.Ordinal);
        }

        _hash = hash.ToHashCode();
    }

    /// <summary>No labels at all.</summary>
    public static LabelSet Empty { get; } = new([]);

    /// <summary>Name and value of each label.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Pairs => _pairs;

    /// <summary>The series' own name; empty where it has none.</summary>
    public string Name => this[LabelNames.Name];

    /// <summary>A label's value; empty where it is not there.</summary>
    public string this[string label]
    {
        get
        {
            foreach (var (name, value) in _pairs)
            {
                if (name == label) return value;
            }

            return "";
        }
    }

    /// <summary>Makes a set of labels in any order; of labels with the same name the last counts.</summary>
    public static LabelSet Of(IEnumerable<KeyValuePair<string, string>> labels)
    {
        var sorted = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in labels)
        {
            if (value.Length > 0) sorted[name] = value;
            else sorted.Remove(name);
        }

        return sorted.Count == 0 ? Empty : new([.. sorted]);
    }

    /// <summary>A series' name and tags as labels.</summary>
    public static LabelSet Of(Model.SeriesKey key) =>
        Of(key.Tags.Where(static tag => tag.Key != LabelNames.Name).Append(new(LabelNames.Name, key.Name)));

    /// <summary>The labels but the name.</summary>
    public LabelSet WithoutName() => Filter(static name => name != LabelNames.Name);

    /// <summary>The labels but some.</summary>
    public LabelSet Without(IReadOnlyList<string> labels) => labels.Count == 0 ? this : Filter(name => !Contains(labels, name));

    /// <summary>Some of the labels.</summary>
    public LabelSet Keep(IReadOnlyList<string> labels) => Filter(name => Contains(labels, name));

    /// <summary>The labels with another value of one; an empty one takes it away.</summary>
    public LabelSet With(string label, string value) =>
        this[label] == value ? this : value.Length == 0 ? Without([label]) : Of(_pairs.Append(new(label, value)));

    /// <inheritdoc/>
    public bool Equals(LabelSet? other)
    {
        if (ReferenceEquals(this, other)) return true;
        if (other is null || other._hash != _hash || other._pairs.Length != _pairs.Length) return false;
        for (var i = 0; i < _pairs.Length; i++)
        {
            if (_pairs[i].Key != other._pairs[i].Key || _pairs[i].Value != other._pairs[i].Value) return false;
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LabelSet);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;

    /// <inheritdoc/>
    public int CompareTo(LabelSet? other)
    {
        if (other is null) return 1;
        for (var i = 0; i < Math.Min(_pairs.Length, other._pairs.Length); i++)
        {
            var order = string.CompareOrdinal(_pairs[i].Key, other._pairs[i].Key);
            if (order == 0) order = string.CompareOrdinal(_pairs[i].Value, other._pairs[i].Value);
            if (order != 0) return order;
        }

        return _pairs.Length.CompareTo(other._pairs.Length);
    }

    /// <summary>As Prometheus writes it: <c>cpu{host="a"}</c>.</summary>
    public override string ToString()
    {
        var name = Name;
        var text = new StringBuilder();
        var inside = _pairs.Where(static pair => pair.Key != LabelNames.Name).Select(static pair => ExprText.LabelName(pair.Key) + "=" + ExprText.Quote(pair.Value)).ToList();
        if (ExprText.IsPlainName(name)) text.Append(name);
        else if (name.Length > 0) inside.Insert(0, ExprText.Quote(name));
        if (inside.Count > 0 || text.Length == 0) text.Append('{').AppendJoin(", ", inside).Append('}');
        return text.ToString();
    }

    private LabelSet Filter(Func<string, bool> keeps)
    {
        var kept = Array.FindAll(_pairs, pair => keeps(pair.Key));
        return kept.Length == _pairs.Length ? this : kept.Length == 0 ? Empty : new(kept);
    }

    private static bool Contains(IReadOnlyList<string> labels, string name)
    {
        for (var i = 0; i < labels.Count; i++)
        {
            if (labels[i] == name) return true;
        }

        return false;
    }
}
