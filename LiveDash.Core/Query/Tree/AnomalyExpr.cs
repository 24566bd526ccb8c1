using LiveDash.Core.Detection;

namespace LiveDash.Core.Query.Tree;

/// <summary>The series that are strange beside all they have done, by their detectors: <c>anomaly(cpu.load, high)</c>. It yields how strange, 1 and more; nothing while a detector learns.</summary>
/// <param name="Series">The series or pattern.</param>
/// <param name="Sensitivity">How readily.</param>
/// <param name="By">The tag whose series are judged together, so that one event is one alert; null where each is judged by itself. Rules alone do that.</param>
public sealed record AnomalyExpr(string Series, Sensitivity Sensitivity, string? By = null) : SeriesExpr(Series)
{
    internal override string Text
    {
        get
        {
            var subject = By is null ? Series : Series == $"*{{{By}=*}}" ? $"by {By}" : $"{Series} by {By}";
            return Sensitivity == Sensitivity.Medium ? $"anomaly({subject})" : $"anomaly({subject}, {Sensitivity.ToString().ToLowerInvariant()})";
        }
    }

    /// <summary>Reads the name of a sensitivity, in any case.</summary>
    public static bool TryReadSensitivity(string text, out Sensitivity sensitivity)
    {
        foreach (var one in Enum.GetValues<Sensitivity>())
        {
            sensitivity = one;
            if (text.Equals(one.ToString(), StringComparison.OrdinalIgnoreCase)) return true;
        }

        sensitivity = Sensitivity.Medium;
        return false;
    }
}
