using System.Text;

namespace LiveDash.Core.Model;

/// <summary>
/// What stands for names in texts: <c>$host</c> or <c>${host}</c> in a title, a pattern of series, an expression. A name that is not known stays as it is written. Immutable, so safe on any
/// thread; linear in the text.
/// </summary>
/// <param name="values">The values by name; <see cref="Any"/> for whatever there is.</param>
public sealed class Placeholders(IReadOnlyDictionary<string, string> values)
{
    /// <summary>The value that stands for any.</summary>
    public const string Any = "*";

    /// <summary>The value that no series has: the replacement character, which no tag that is taken in may hold.</summary>
    public const string Nothing = "\uFFFD";

    /// <summary>One that knows no name.</summary>
    public static Placeholders None { get; } = new(new Dictionary<string, string>());

    /// <summary>True where no name is known.</summary>
    public bool IsEmpty => values.Count == 0;

    /// <summary>Whether one that is known stands in a text.</summary>
    public bool StandIn(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        for (var at = text.IndexOf('$', StringComparison.Ordinal); at >= 0; at = text.IndexOf('$', at + 1))
        {
            if (LengthAt(text, at) > 0) return true;
        }

        return false;
    }

    /// <summary>Whether <see cref="Nothing"/> is put into a text.</summary>
    public bool PutsNothing(string text) => Put(text, static value => value).Contains(Nothing, StringComparison.Ordinal);

    /// <summary>How many characters one that is known takes at a place; 0 where there is none.</summary>
    public int LengthAt(string text, int at)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryFind(text, at, out var end, out _) ? end - at : 0;
    }

    /// <summary>Puts them into a text that people read.</summary>
    public string Put(string text) => Put(text, static value => value == Any ? "all" : value == Nothing ? "nothing" : value);

    /// <summary>Puts them into a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="write">How a value is written there.</param>
    public string Put(string text, Func<string, string> write)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(write);
        if (IsEmpty || !text.Contains('$', StringComparison.Ordinal)) return text;
        var put = new StringBuilder(text.Length + 32);
        for (var at = 0; at < text.Length;)
        {
            if (TryFind(text, at, out var end, out var value))
            {
                put.Append(write(value));
                at = end;
            }
            else
            {
                put.Append(text[at++]);
            }
        }

        return put.ToString();
    }

    /// <summary>
    /// Puts them into a pattern of series (<see cref="SeriesPattern"/>): into values of tags whatever they hold, into its name where that stays a name. What is no pattern stays as it is.
    /// A value with a star or a question mark is met letter by letter there. Tags that the pattern does not name are free, whichever value is put in: what all values show together is what each shows alone.
    /// </summary>
    public string PutPattern(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        if (!StandIn(pattern) || !SeriesPattern.TryParse(pattern, out var read)) return pattern;
        // Without a wildcard a backslash is a letter, and with one it guards what stands behind it.
        var key = read!.IsExact ? new SeriesKey(Escaped(read.ExactKey.Name), read.ExactKey.Tags.Select(static tag => KeyValuePair.Create(tag.Key, Escaped(tag.Value)))) : read.ExactKey;
        var put = With(key, Escaped).ToString();
        return put.AsSpan().ContainsAny('*', '?') ? put : key.Tags.Count > 0 ? put[..^1] + ",*}" : put + "{*}";
    }

    private SeriesKey With(SeriesKey key, Func<string, string> write)
    {
        var name = Put(key.Name, write);
        return new SeriesKey(
            name.AsSpan().ContainsAny('{', '}', '"') ? key.Name : name,
            key.Tags.Select(tag => KeyValuePair.Create(tag.Key, Put(tag.Value, write))));
    }

    private static string Escaped(string value)
    {
        if (value == Any || !value.AsSpan().ContainsAny('*', '?', '\\')) return value;
        var text = new StringBuilder(value.Length + 4);
        foreach (var c in value)
        {
            if (c is '*' or '?' or '\\') text.Append('\\');
            text.Append(c);
        }

        return text.ToString();
    }

    private bool TryFind(string text, int at, out int end, out string value)
    {
        (end, value) = (at, "");
        if (text[at] != '$' || at + 1 >= text.Length) return false;
        var braced = text[at + 1] == '{';
        var start = at + (braced ? 2 : 1);
        end = start;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_')) end++;
        if (end == start || !values.TryGetValue(text[start..end], out var found)) return false;
        if (braced && (end >= text.Length || text[end++] != '}')) return false;
        value = found;
        return true;
    }
}
