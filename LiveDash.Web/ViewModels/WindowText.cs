using LiveDash.Core.Windows;

namespace LiveDash.Web.ViewModels;

/// <summary>Says a window in words.</summary>
public static class WindowText
{
    /// <summary>Such as <c>last 500 points</c>, <c>last 5 min</c>, <c>tumbling 1m</c>.</summary>
    public static string Of(WindowSpec spec) => spec.Kind switch
    {
        WindowKind.Count => spec.Points == 1 ? "last point" : $"last {Counted.Of(spec.Points, "point")}",
        WindowKind.Time => $"last {FieldFormat.Duration(spec.Size)}",
        _ => spec.ToString(),
    };
}
