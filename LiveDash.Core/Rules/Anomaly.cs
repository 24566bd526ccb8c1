using LiveDash.Core.Detection;

namespace LiveDash.Core.Rules;

/// <summary>The series is strange beside all it has done, by its detector: <c>anomaly(cpu.load, high)</c>. Decides nothing while the detector learns.</summary>
/// <param name="Series">The series or pattern.</param>
/// <param name="Sensitivity">How readily.</param>
/// <param name="By">The tag whose series are judged together, so that one event is one alert; null where each is judged by itself.</param>
public sealed record Anomaly(string Series, Sensitivity Sensitivity, string? By = null) : SeriesCondition(Series)
{
    /// <summary>Reads the name of a sensitivity.</summary>
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

    /// <inheritdoc/>
    public override string ToString()
    {
        var subject = By is null ? Series : Series == $"*{{{By}=*}}" ? $"by {By}" : $"{Series} by {By}";
        return Sensitivity == Sensitivity.Medium ? $"anomaly({subject})" : $"anomaly({subject}, {Sensitivity.ToString().ToLowerInvariant()})";
    }
}
