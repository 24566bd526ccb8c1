using System.Globalization;
using LiveDash.Core.Windows;

namespace LiveDash.Web.ViewModels;

/// <summary>
/// A window as fields of its own: a kind by choice, size and hop as numbers with units. It reads every window that can be written, and writes what
/// <see cref="WindowSpec"/> reads; a number that makes no window is written as it is, so that the reader names the fault. Immutable.
/// </summary>
/// <param name="Kind">Which points count.</param>
/// <param name="Size">How many points, or how long; the pause of a session.</param>
/// <param name="Unit">The unit of <paramref name="Size"/>: one of <see cref="Units"/>. Unused where points are counted.</param>
/// <param name="Hop">How far a hopping window moves on.</param>
/// <param name="HopUnit">The unit of <paramref name="Hop"/>.</param>
public sealed record WindowForm(WindowKind Kind, string Size, string Unit, string Hop, string HopUnit)
{
    private static readonly (string Unit, long Ticks)[] s_ticks =
        [("d", TimeSpan.TicksPerDay), ("h", TimeSpan.TicksPerHour), ("m", TimeSpan.TicksPerMinute), ("s", TimeSpan.TicksPerSecond), ("ms", TimeSpan.TicksPerMillisecond)];

    /// <summary>The units, as they are written and as they are said.</summary>
    public static IReadOnlyList<(string Unit, string Text)> Units { get; } = [("ms", "milliseconds"), ("s", "seconds"), ("m", "minutes"), ("h", "hours"), ("d", "days")];

    /// <summary>The kinds in the order shown, with the word for each.</summary>
    public static IReadOnlyList<(WindowKind Kind, string Text)> Kinds { get; } =
        [(WindowKind.Count, "Count"), (WindowKind.Time, "Sliding"), (WindowKind.Tumbling, "Tumbling"), (WindowKind.Hopping, "Hopping"), (WindowKind.Session, "Session")];

    /// <summary>Reads a window's text; what is no window gives a count of what was written.</summary>
    public static WindowForm From(string text)
    {
        if (!WindowSpec.TryParse(text, out var spec, out _)) return new(WindowKind.Count, text.Trim(), "m", "1", "m");
        var (size, unit) = spec.Kind == WindowKind.Count ? (spec.Points.ToString(CultureInfo.InvariantCulture), "m") : Split(spec.Size);
        var (hop, hopUnit) = spec.Kind == WindowKind.Hopping ? Split(spec.Hop) : ("1", "m");
        return new(spec.Kind, size, unit, hop, hopUnit);
    }

    /// <summary>Another kind, with sizes that make sense for it.</summary>
    public WindowForm With(WindowKind kind)
    {
        if (kind == Kind) return this;
        if (kind == WindowKind.Count) return this with { Kind = kind, Size = "500" };
        var sized = Kind == WindowKind.Count ? this with { Size = kind is WindowKind.Session ? "30" : kind is WindowKind.Tumbling ? "1" : "5", Unit = kind is WindowKind.Session ? "s" : "m" } : this;
        var form = sized with { Kind = kind };
        // A hop may not be longer than the size: then it is the size, whole windows one after another.
        return kind == WindowKind.Hopping && !WindowSpec.TryParse(form.ToText(), out _, out _) ? form with { Hop = form.Size, HopUnit = form.Unit } : form;
    }

    /// <summary>The text that <see cref="WindowSpec.TryParse"/> reads.</summary>
    public string ToText() => Kind switch
    {
        WindowKind.Count => Size.Trim(),
        WindowKind.Time => Size.Trim() + Unit,
        WindowKind.Tumbling => $"tumbling {Size.Trim()}{Unit}",
        WindowKind.Hopping => $"hopping {Size.Trim()}{Unit}/{Hop.Trim()}{HopUnit}",
        _ => $"session {Size.Trim()}{Unit}",
    };

    /// <summary>A duration as a number and the largest unit that leaves it whole.</summary>
    public static (string Number, string Unit) Split(TimeSpan duration)
    {
        if (duration == TimeSpan.Zero) return ("0", "s");
        foreach (var (unit, ticks) in s_ticks)
        {
            if (duration.Ticks % ticks == 0) return ((duration.Ticks / ticks).ToString(CultureInfo.InvariantCulture), unit);
        }

        return (duration.TotalMilliseconds.ToString("R", CultureInfo.InvariantCulture), "ms");
    }
}
