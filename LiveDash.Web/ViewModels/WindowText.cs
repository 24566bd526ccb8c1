using LiveDash.Core.Windows;

namespace LiveDash.Web.ViewModels;

/// <summary>Says a window in words.</summary>
public static class WindowText
{
    /// <summary>Such as <c>last 500 points</c>, <c>last 5m</c>, <c>this 1m</c>.</summary>
    public static string Of(WindowSpec spec) => spec.Kind switch
    {
        WindowKind.Count => spec.Points == 1 ? "last point" : $"last {spec} points",
        WindowKind.Time => $"last {spec}",
        _ => spec.ToString(),
    };
}
