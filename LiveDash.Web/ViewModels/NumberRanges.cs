using System.Globalization;

namespace LiveDash.Web.ViewModels;

/// <summary>Writes many numbers in few words: <c>page 7</c>, <c>pages 3, 7 and 23 to 44</c>. Pure.</summary>
public static class NumberRanges
{
    /// <summary>How many stretches are named.</summary>
    public const int Most = 5;

    /// <summary>The words; more than <see cref="Most"/> stretches are only counted.</summary>
    /// <param name="one">What one of them is called; several with an s.</param>
    /// <param name="numbers">The numbers, in any order, at least one.</param>
    public static string Of(string one, IEnumerable<int> numbers)
    {
        var stretches = new List<(int From, int To)>();
        foreach (var number in numbers.Distinct().Order())
        {
            if (stretches.Count > 0 && stretches[^1].To == number - 1) stretches[^1] = (stretches[^1].From, number);
            else stretches.Add((number, number));
        }

        var said = stretches.Take(Most).Select(static stretch => Said(stretch.From, stretch.To)).ToList();
        if (stretches.Count > Most) said.Add(string.Create(CultureInfo.InvariantCulture, $"{stretches.Skip(Most).Sum(static stretch => stretch.To - stretch.From + 1):N0} more"));
        var words = said.Count == 1 ? said[0] : $"{string.Join(", ", said.SkipLast(1))} and {said[^1]}";
        return stretches is [{ } only] && only.From == only.To ? $"{one} {words}" : $"{one}s {words}";
    }

    private static string Said(int from, int to) => string.Create(CultureInfo.InvariantCulture, $"{from}{(to == from ? "" : to == from + 1 ? $", {to}" : $" to {to}")}");
}
