using System.Globalization;
using System.Text;
using LiveDash.Core.Detection;
using LiveDash.Core.Model;

namespace LiveDash.Web.ViewModels;

/// <summary>One series on the page Anomalies. Immutable.</summary>
/// <param name="Series">Its number.</param>
/// <param name="Name">Its canonical text.</param>
/// <param name="Reading">How strange it is now.</param>
/// <param name="Peak">How strange it was at most in the range.</param>
/// <param name="Strip">The heat strip: an SVG path a level, 1 to 4, in a box a column wide and 1 high.</param>
/// <param name="Strange">How many columns hold an anomaly.</param>
/// <param name="Marks">What the strip shows, the newest first: when a column begins, in UTC ticks, and how strange it was at most.</param>
public sealed record AnomalyRow(int Series, string Name, AnomalyReading Reading, double Peak, IReadOnlyList<(int Level, string Path)> Strip, int Strange, IReadOnlyList<(long At, double Score)> Marks)
{
    /// <summary>What is said of it.</summary>
    public string Words => Reading.LearnsFor is not { } left ? "waits for points"
        : left > TimeSpan.Zero ? $"learning, {EpisodeWords.Length(left.Ticks - (left.Ticks % TimeSpan.TicksPerMinute))} to go"
        : Reading.Score >= 0.5 && Reading.Reason.Length > 0 ? Reading.Reason : "as usual";

    /// <summary>The strip in words.</summary>
    public string StripWords => Peak <= 0 ? "nothing strange" : $"strangest {Figure(Peak)}, {Strange} of the columns an anomaly";

    /// <summary>A score as it is shown.</summary>
    public static string Figure(double score) => score.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>A row of what a trace holds.</summary>
    public static AnomalyRow Of(int series, string name, AnomalyReading reading, IReadOnlyList<JudgedBar> bars, TimeRange range, int columns)
    {
        var paths = new StringBuilder?[5];
        var (peak, strange) = (0.0, 0);
        var marks = new List<(long, double)>();
        foreach (var bar in bars)
        {
            if (bar.Began >= range.To) break;
            peak = Math.Max(peak, bar.Score);
            if (bar.Score >= AnomalyDetector.Anomalous) strange++;
            var level = Level(bar.Score);
            var column = (int)((bar.Began - range.From) * columns / (range.To - range.From));
            if (level == 0 || column < 0) continue;
            (paths[level] ??= new()).Append(CultureInfo.InvariantCulture, $"M{column} 0h1v1h-1z");
            marks.Add((bar.Began, bar.Score));
        }

        marks.Reverse();

        return new(series, name, reading, peak, [.. paths.Select(static (path, level) => (level, path?.ToString() ?? "")).Where(static one => one.Item2.Length > 0)], strange, marks);
    }

    /// <inheritdoc/>
    public bool Equals(AnomalyRow? other) =>
        other is not null && Series == other.Series && Reading == other.Reading && Peak.Equals(other.Peak) && Strange == other.Strange && Strip.SequenceEqual(other.Strip) && Marks.SequenceEqual(other.Marks);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Series, Peak);

    private static int Level(double score) => score >= 1.5 ? 4 : score >= AnomalyDetector.Anomalous ? 3 : score >= 0.75 ? 2 : score >= 0.5 ? 1 : 0;
}
