using System.Buffers.Text;
using System.Text;
using LiveDash.Core.Model;
using Microsoft.Extensions.Options;

namespace LiveDash.Core.Ingestion;

/// <summary>
/// What a point must be to come in, whatever format it came by: names, times and the number of series. Thread-safe.
/// </summary>
public sealed class Admission(Limits limits, SeriesCatalog catalog, IOptions<IngestOptions>? options = null)
{
    // What devices and exporters send where they have nothing to say: no series begins with it.
    private static readonly HashSet<string> s_noValues = new(StringComparer.OrdinalIgnoreCase) { "null", "nil", "none", "nan", "n/a", "na", "-", "--", "unavailable", "unknown", "undefined" };

    /// <summary>Whether texts become states.</summary>
    public bool KeepsText { get; } = options?.Value.KeepText ?? true;

    /// <summary>The bounds in force.</summary>
    public Limits Limits { get; } = limits;

    /// <summary>Finds or makes a series by name and tags, which may come in any order.</summary>
    /// <param name="name">The series name.</param>
    /// <param name="tags">The tags.</param>
    /// <param name="series">The interned series.</param>
    /// <param name="fault">Why not.</param>
    public bool TryAdmitSeries(string name, List<KeyValuePair<string, string>> tags, out int series, out Fault fault)
    {
        series = -1;
        if (FindFault(name, tags) is { } found)
        {
            fault = found;
            return false;
        }

        fault = default;
        if (!catalog.TryIntern(new SeriesKey(name, tags), out series))
        {
            fault = new(RejectReason.SeriesLimit, $"New series are refused past {Limits.MaxSeries} (LiveDash:Limits:MaxSeries); known ones flow on.");
            return false;
        }

        if (catalog.States.TryClaim(series, SeriesContent.Numbers)) return true;
        fault = new(RejectReason.BadValue, $"{NameOf(series)} holds states, such as '{catalog.States.WordsOf(catalog[series]).Texts.FirstOrDefault()}'; a number has no place in it.");
        return false;
    }

    /// <summary>Finds or makes a series of states by name and tags.</summary>
    /// <param name="name">The series name.</param>
    /// <param name="tags">The tags.</param>
    /// <param name="text">The state that is to be its point: a series does not begin with a text that says that there is no value.</param>
    /// <param name="series">The interned series.</param>
    /// <param name="fault">Why not.</param>
    public bool TryAdmitStates(string name, List<KeyValuePair<string, string>> tags, ReadOnlySpan<char> text, out int series, out Fault fault)
    {
        series = -1;
        if ((FindFault(name, tags) ?? FaultOf(text)) is { } found)
        {
            fault = found;
            return false;
        }

        fault = default;
        var key = new SeriesKey(name, tags);
        if ((!catalog.TryFind(key, out series) || catalog.States.ContentOf(series) == SeriesContent.Unknown) && s_noValues.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text))
        {
            fault = new(RejectReason.BadValue, $"The text '{text}' says that there is no value; no series begins with it.");
            return false;
        }

        if (!catalog.TryIntern(key, out series))
        {
            fault = new(RejectReason.SeriesLimit, $"New series are refused past {Limits.MaxSeries} (LiveDash:Limits:MaxSeries); known ones flow on.");
            return false;
        }

        if (catalog.States.TryClaim(series, SeriesContent.States)) return true;
        fault = new(RejectReason.BadValue, $"{NameOf(series)} holds numbers; the text '{text}' has no place in it.");
        return false;
    }

    /// <summary>The number of a text in a series of states.</summary>
    /// <param name="series">The series.</param>
    /// <param name="text">The text.</param>
    /// <param name="state">Its number.</param>
    /// <param name="fault">Why not: the series has as many texts as it may.</param>
    public bool TryNumber(int series, ReadOnlySpan<char> text, out int state, out Fault fault)
    {
        fault = default;
        var key = catalog[series];
        if (catalog.States.Find(key) is { } words && words.TryFind(text, out state)) return true;
        state = -1;
        if (FaultOf(text) is { } found) fault = found;
        else if (catalog.States.TryNumber(key, text, out state)) return true;
        else fault = new(RejectReason.TooManyStates, $"{key} has had {catalog.States.WordsOf(key).Texts.Count} different texts already; new ones are refused (LiveDash:Limits:MaxStates, and MaxStatesInAll), known ones flow on.");
        return false;
    }

    /// <summary>The number of a text in a series of states.</summary>
    /// <param name="series">The series.</param>
    /// <param name="text">The text, UTF-8.</param>
    /// <param name="state">Its number.</param>
    /// <param name="fault">Why not.</param>
    public bool TryNumber(int series, ReadOnlySpan<byte> text, out int state, out Fault fault)
    {
        state = -1;
        fault = default;
        Span<char> characters = stackalloc char[256];
        if (text.Length > characters.Length) return TryNumber(series, Encoding.UTF8.GetString(text), out state, out fault);
        return TryNumber(series, characters[..Encoding.UTF8.GetChars(text, characters)], out state, out fault);
    }

    /// <summary>Whether a text is a number, so that it was hardly meant as a state.</summary>
    public static bool IsNumber(ReadOnlySpan<byte> text) => Utf8Parser.TryParse(text, out double _, out var used) && used == text.Length;

    /// <summary>The name of a series, for words.</summary>
    public string NameOf(int series) => catalog[series].ToString();

    /// <summary>Says whether a time is too far ahead; old times are fine.</summary>
    public bool IsFuture(long ticks, long nowTicks) => ticks - nowTicks > Limits.MaxAhead.Ticks;

    /// <summary>The fault of a time too far ahead.</summary>
    public Fault FutureFault(string written) => new(
        RejectReason.Future,
        $"The time {written} is more than {Limits.MaxAhead:c} ahead of the clock (LiveDash:Limits:MaxAhead). Times are ISO 8601 or milliseconds since 1970.");

    private Fault? FaultOf(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return new(RejectReason.BadState, "The text is empty.");
        if (catalog.States.IsTooLong(text)) return new(RejectReason.BadState, $"The text is longer than {Limits.MaxStateBytes} bytes (LiveDash:Limits:MaxStateBytes).");
        return NameRules.FindInvisible(text) is { } invisible
            ? new(RejectReason.BadState, $"The text holds the character U+{invisible:X4}, which is not allowed in a state: no control, bidirectional or invisible characters.")
            : null;
    }

    private Fault? FindFault(string name, List<KeyValuePair<string, string>> tags)
    {
        if (NameRules.FaultOf(name, "The series name", "{}", Limits) is { } badName) return new(RejectReason.BadName, badName);
        if (tags.Count > Limits.MaxTags)
        {
            return new(RejectReason.BadName, $"{tags.Count} tags are more than {Limits.MaxTags} (LiveDash:Limits:MaxTags).");
        }

        for (var i = 0; i < tags.Count; i++)
        {
            if (NameRules.FaultOf(tags[i].Key, "A tag's key", "{},=\"", Limits) is { } badKey) return new(RejectReason.BadName, badKey);
            if (NameRules.FaultOf(tags[i].Value, "A tag's value", "", Limits) is { } badValue) return new(RejectReason.BadName, badValue);
            for (var j = 0; j < i; j++)
            {
                if (tags[j].Key == tags[i].Key) return new(RejectReason.BadName, $"The tag '{tags[i].Key}' stands twice.");
            }
        }

        return null;
    }
}
