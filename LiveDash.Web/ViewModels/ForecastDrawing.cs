using System.Globalization;
using System.Text;
using LiveDash.Core.Detection;

namespace LiveDash.Web.ViewModels;

/// <summary>A series' past, what is expected of it and the band around that, as paths of a drawing <see cref="Width"/> by <see cref="Height"/>. Immutable; made by a pure function.</summary>
/// <param name="Past">The line of what came.</param>
/// <param name="Ahead">The line of what is expected; empty where none is told.</param>
/// <param name="Band">The surface of the 95 % band; empty where none is told.</param>
/// <param name="Target">The line of the value to reach; empty where it is too far off to be drawn.</param>
/// <param name="Least">The value at the lower edge.</param>
/// <param name="Most">The value at the upper edge.</param>
/// <param name="Rows">All that is drawn, the furthest ahead first.</param>
public sealed record ForecastDrawing(string Past, string Ahead, string Band, string Target, double Least, double Most, IReadOnlyList<ForecastRow> Rows)
{
    /// <summary>How wide the drawing is, in its own units.</summary>
    public const int Width = 1_000;

    /// <summary>How high.</summary>
    public const int Height = 300;

    /// <summary>So many horizons of the past are shown beside the one ahead.</summary>
    public const int PastHorizons = 3;

    // A value to reach that lies further outside than this part of what is drawn would press the rest flat.
    private const double Near = 1;
    private const double Room = 0.06;

    /// <summary>Where now is, from the left edge.</summary>
    public static double Now { get; } = Width * PastHorizons / (PastHorizons + 1.0);

    /// <summary>Draws; null before two bars are known.</summary>
    /// <param name="bars">What came, by time.</param>
    /// <param name="said">Forecasts at rising horizons; those that are not known are left out.</param>
    /// <param name="horizon">How far ahead the last one looks.</param>
    /// <param name="target">The value to reach, if any.</param>
    public static ForecastDrawing? Of(IReadOnlyList<JudgedBar> bars, IReadOnlyList<Prediction> said, TimeSpan horizon, double? target)
    {
        if (bars.Count < 2) return null;
        var now = bars[^1].Began;
        var shown = bars.Where(bar => bar.Began >= now - (PastHorizons * horizon.Ticks)).ToList();
        if (shown.Count < 2) shown = [bars[^2], bars[^1]];
        var known = said.Where(one => one.IsKnown && one.At > now).ToList();
        var least = Math.Min(shown.Min(static bar => bar.Level), known.Count > 0 ? known.Min(static one => one.Low) : double.PositiveInfinity);
        var most = Math.Max(shown.Max(static bar => bar.Level), known.Count > 0 ? known.Max(static one => one.High) : double.NegativeInfinity);
        if (target is { } wanted && Math.Max(wanted - most, least - wanted) <= Near * (most - least)) (least, most) = (Math.Min(least, wanted), Math.Max(most, wanted));
        var room = most > least ? Room * (most - least) : Math.Max(Math.Abs(most) * Room, 1);
        var scale = new Scale(now, horizon.Ticks, least - room, most + room);
        var usual = (double)(shown[^1].Began - shown[0].Began) / (shown.Count - 1);
        return new(
            scale.Line(shown, usual), known.Count > 0 ? scale.Ahead(shown[^1], known) : "", known.Count > 0 ? scale.Band(shown[^1], known) : "",
            target is { } value && value >= scale.Least && value <= scale.Most ? string.Create(CultureInfo.InvariantCulture, $"M0 {scale.Y(value):F1}H{Width}") : "", scale.Least, scale.Most,
            [.. known.AsEnumerable().Reverse().Select(static one => new ForecastRow(one.At, one.Value, (one.Low, one.High))), .. shown.AsEnumerable().Reverse().Select(static bar => new ForecastRow(bar.Began, bar.Level, null))]);
    }

    private sealed record Scale(long NowTicks, long Horizon, double Least, double Most)
    {
        public double Y(double value) => Height * (Most - value) / (Most - Least);

        // A line over what is missing would say that something came.
        public string Line(List<JudgedBar> bars, double usual)
        {
            var path = new StringBuilder();
            for (var i = 0; i < bars.Count; i++) Add(path, i == 0 || bars[i].Began - bars[i - 1].Began > 3 * usual ? 'M' : 'L', bars[i].Began, bars[i].Level);
            return path.ToString();
        }

        public string Ahead(JudgedBar last, List<Prediction> said)
        {
            var path = new StringBuilder();
            Add(path, 'M', last.Began, last.Level);
            foreach (var one in said) Add(path, 'L', one.At, one.Value);
            return path.ToString();
        }

        public string Band(JudgedBar last, List<Prediction> said)
        {
            var path = new StringBuilder();
            Add(path, 'M', last.Began, last.Level);
            foreach (var one in said) Add(path, 'L', one.At, one.High);
            foreach (var one in Enumerable.Reverse(said)) Add(path, 'L', one.At, one.Low);
            return path.Append('Z').ToString();
        }

        private double X(long ticks) => Math.Clamp(Now + ((ticks - NowTicks) / (double)Horizon * (Width - Now)), 0, Width);

        private void Add(StringBuilder path, char command, long ticks, double value) => path.Append(CultureInfo.InvariantCulture, $"{command}{X(ticks):F1} {Y(value):F1}");
    }
}
