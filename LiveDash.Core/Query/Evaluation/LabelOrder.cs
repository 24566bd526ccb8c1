using LiveDash.Core.Query.Data;

namespace LiveDash.Core.Query.Evaluation;

/// <summary>Orders series by some of their labels, digits within them as numbers, and by all of them where those are the same. Stateless.</summary>
internal sealed class LabelOrder(IReadOnlyList<string> labels) : IComparer<LabelSet>
{
    /// <inheritdoc/>
    public int Compare(LabelSet? x, LabelSet? y)
    {
        foreach (var label in labels)
        {
            var order = Natural(x?[label], y?[label]);
            if (order != 0) return order;
        }

        return Comparer<LabelSet>.Default.Compare(x, y);
    }

    private static int Natural(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        while (!a.IsEmpty && !b.IsEmpty)
        {
            var (first, second) = (Piece(a), Piece(b));
            var x = a[..first];
            var y = b[..second];
            var order = char.IsAsciiDigit(x[0]) && char.IsAsciiDigit(y[0]) ? Numbers(x.TrimStart('0'), y.TrimStart('0')) : x.SequenceCompareTo(y);
            if (order != 0) return order;
            a = a[first..];
            b = b[second..];
        }

        return a.Length.CompareTo(b.Length);
    }

    private static int Numbers(ReadOnlySpan<char> a, ReadOnlySpan<char> b) => a.Length != b.Length ? a.Length.CompareTo(b.Length) : a.SequenceCompareTo(b);

    // Up to where digits become other letters, or the other way round.
    private static int Piece(ReadOnlySpan<char> text)
    {
        var end = char.IsAsciiDigit(text[0]) ? text.IndexOfAnyExceptInRange('0', '9') : text.IndexOfAnyInRange('0', '9');
        return end < 0 ? text.Length : end;
    }
}
