using System.Collections.Concurrent;

namespace LiveDash.Core.Model;

/// <summary>
/// The different texts that a series of states has had, numbered from 0 in the order in which they came: a point's value is such a number. A number never changes and is never used again.
/// Bounded by <see cref="Limits.MaxStates"/>. All members are thread-safe; look-ups take no lock and allocate nothing.
/// </summary>
public sealed class StateWords
{
    private readonly ConcurrentDictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private volatile string[] _texts = [];

    /// <summary>The texts by their numbers, as of now; the array is not to be changed.</summary>
    public IReadOnlyList<string> Texts => _texts;

    /// <summary>The text of a value; null where no text has that number.</summary>
    public string? TextOf(double value)
    {
        var texts = _texts;
        var number = (int)value;
        return number == value && (uint)number < (uint)texts.Length ? texts[number] : null;
    }

    /// <summary>The number of a text that has come before.</summary>
    public bool TryFind(ReadOnlySpan<char> text, out int number) => _numbers.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out number);

    /// <summary>Numbers a new text; one writer at a time.</summary>
    internal int Add(string text)
    {
        var number = _texts.Length;
        _texts = [.. _texts, text];
        _numbers[text] = number;
        return number;
    }
}
