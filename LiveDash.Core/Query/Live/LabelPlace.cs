using LiveDash.Core.Query.Data;

namespace LiveDash.Core.Query.Live;

/// <summary>Where something belongs in a list that is in the order of labels. Stateless.</summary>
internal static class LabelPlace
{
    /// <summary>Behind all whose labels do not come after: most often the end, since series are added in that order.</summary>
    public static int Of<T>(List<T> sorted, LabelSet labels, Func<T, LabelSet> labelsOf)
    {
        if (sorted.Count == 0 || labelsOf(sorted[^1]).CompareTo(labels) <= 0) return sorted.Count;
        int low = 0, high = sorted.Count - 1;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (labelsOf(sorted[middle]).CompareTo(labels) <= 0) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
