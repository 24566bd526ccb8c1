using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace LiveDash.Core.Windows;

/// <summary>
/// Which points count now, as settings, rules and requests name it: <c>500</c>, <c>30s</c>, <c>tumbling 1m</c>, <c>hopping 5m/30s</c>,
/// <c>session 30s</c>. Immutable with value equality, so it may be a key and is safe on any thread. Sizes are 1 to
/// <see cref="MaxPoints"/> points or <see cref="MinDuration"/> to <see cref="MaxDuration"/>.
/// </summary>
public sealed record WindowSpec
{
    /// <summary>The largest count window, in points.</summary>
    public const int MaxPoints = 10_000_000;

    private WindowSpec(WindowKind kind, int points, TimeSpan size, TimeSpan hop)
    {
        Kind = kind;
        Points = points;
        Size = size;
        Hop = hop;
    }

    /// <summary>The shortest duration of a window.</summary>
    public static TimeSpan MinDuration { get; } = TimeSpan.FromMilliseconds(1);

    /// <summary>The longest duration of a window.</summary>
    public static TimeSpan MaxDuration { get; } = TimeSpan.FromDays(366);

    /// <summary>How the points are chosen.</summary>
    public WindowKind Kind { get; }

    /// <summary>How many points a count window holds; 0 for the other kinds.</summary>
    public int Points { get; }

    /// <summary>The span of a time, tumbling or hopping window, or the gap that ends a session; zero for a count window.</summary>
    public TimeSpan Size { get; }

    /// <summary>How far apart hopping windows start; the size of a tumbling one; zero otherwise.</summary>
    public TimeSpan Hop { get; }

    /// <summary>The last <paramref name="points"/> points.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 1 to <see cref="MaxPoints"/>.</exception>
    public static WindowSpec Last(int points)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(points, MaxPoints);
        return new(WindowKind.Count, points, default, default);
    }

    /// <summary>The points of <c>(now - span, now]</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The span is out of bounds.</exception>
    public static WindowSpec Last(TimeSpan span) => new(WindowKind.Time, 0, Checked(span), default);

    /// <summary>The points of the bucket that holds now.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The size is out of bounds.</exception>
    public static WindowSpec Tumbling(TimeSpan size) => new(WindowKind.Tumbling, 0, Checked(size), size);

    /// <summary>Buckets of <paramref name="size"/> that start every <paramref name="hop"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A duration is out of bounds or the hop is longer than the size.</exception>
    public static WindowSpec Hopping(TimeSpan size, TimeSpan hop)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hop, size);
        return new(WindowKind.Hopping, 0, Checked(size), Checked(hop));
    }

    /// <summary>The points since the last silence longer than <paramref name="gap"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The gap is out of bounds.</exception>
    public static WindowSpec Session(TimeSpan gap) => new(WindowKind.Session, 0, Checked(gap), default);

    /// <summary>Reads the text of a window; on failure <paramref name="error"/> says what is wrong in a sentence.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out WindowSpec? spec, [NotNullWhen(false)] out string? error)
    {
        spec = null;
        var rest = (text ?? "").AsSpan().Trim();
        if (rest.IsEmpty)
        {
            error = "A window is a number of points such as '500', a duration such as '30s', 'tumbling 1m', 'hopping 5m/30s' or 'session 30s'.";
            return false;
        }

        var space = rest.IndexOf(' ');
        var head = space < 0 ? rest : rest[..space];
        var tail = space < 0 ? default : rest[(space + 1)..].Trim();
        if (head.Equals("tumbling", StringComparison.OrdinalIgnoreCase)) return TryDuration(WindowKind.Tumbling, tail, out spec, out error);
        if (head.Equals("session", StringComparison.OrdinalIgnoreCase)) return TryDuration(WindowKind.Session, tail, out spec, out error);
        if (head.Equals("hopping", StringComparison.OrdinalIgnoreCase)) return TryHopping(tail, out spec, out error);
        return char.IsAsciiLetter(rest[^1]) && !IsPoints(tail)
            ? TryDuration(WindowKind.Time, rest, out spec, out error)
            : TryCount(head, tail, out spec, out error);
    }

    /// <summary>Reads the text of a window.</summary>
    /// <exception cref="FormatException">The text is not a window; the message says why.</exception>
    public static WindowSpec Parse(string text) => TryParse(text, out var spec, out var error) ? spec : throw new FormatException(error);

    /// <summary>The canonical text, which <see cref="TryParse"/> reads back.</summary>
    public override string ToString() => Kind switch
    {
        WindowKind.Count => Points.ToString(CultureInfo.InvariantCulture),
        WindowKind.Time => DurationText.Format(Size),
        WindowKind.Tumbling => "tumbling " + DurationText.Format(Size),
        WindowKind.Hopping => $"hopping {DurationText.Format(Size)}/{DurationText.Format(Hop)}",
        _ => "session " + DurationText.Format(Size),
    };

    private static bool IsPoints(ReadOnlySpan<char> text) =>
        text.Equals("points", StringComparison.OrdinalIgnoreCase) || text.Equals("point", StringComparison.OrdinalIgnoreCase);

    private static bool TryCount(ReadOnlySpan<char> head, ReadOnlySpan<char> tail, out WindowSpec? spec, out string? error)
    {
        spec = null;
        error = null;
        if (!tail.IsEmpty && !IsPoints(tail))
        {
            error = $"'{tail}' after a number of points is not understood.";
        }
        else if (head.ContainsAnyExceptInRange('0', '9'))
        {
            error = $"'{head}' is neither a whole number of points nor a duration such as '30s'.";
        }
        else if (!int.TryParse(head, NumberStyles.None, CultureInfo.InvariantCulture, out var points) || points is < 1 or > MaxPoints)
        {
            error = $"A count window holds 1 to {MaxPoints:N0} points.";
        }
        else
        {
            spec = Last(points);
        }

        return spec is not null;
    }

    private static bool TryDuration(WindowKind kind, ReadOnlySpan<char> text, out WindowSpec? spec, out string? error)
    {
        spec = null;
        if (!TrySize(text, out var size, out error)) return false;
        spec = new WindowSpec(kind, 0, size, kind == WindowKind.Tumbling ? size : default);
        return true;
    }

    private static bool TryHopping(ReadOnlySpan<char> text, out WindowSpec? spec, out string? error)
    {
        spec = null;
        var slash = text.IndexOf('/');
        if (slash < 0)
        {
            error = "A hopping window is written with size and hop, such as 'hopping 5m/30s'.";
            return false;
        }

        if (!TrySize(text[..slash], out var size, out error) || !TrySize(text[(slash + 1)..], out var hop, out error)) return false;
        if (hop > size)
        {
            error = "The hop of a hopping window may not be longer than its size.";
            return false;
        }

        spec = Hopping(size, hop);
        return true;
    }

    private static bool TrySize(ReadOnlySpan<char> text, out TimeSpan size, out string? error)
    {
        error = !DurationText.TryParse(text, out size) ? $"'{text.Trim()}' is not a duration such as '250ms', '30s', '5m', '2h' or '7d'."
            : size < MinDuration || size > MaxDuration ? "A window's duration is 1 ms to 366 days."
            : null;
        return error is null;
    }

    private static TimeSpan Checked(TimeSpan size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, MinDuration);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, MaxDuration);
        return size;
    }
}
