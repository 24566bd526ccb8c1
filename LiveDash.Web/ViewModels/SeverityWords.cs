using LiveDash.Core.Rules;

namespace LiveDash.Web.ViewModels;

/// <summary>How a severity is said and drawn: always a word and a shape, never a colour alone. Pure.</summary>
public static class SeverityWords
{
    /// <summary>The word as a badge shows it.</summary>
    public static string Word(Severity severity) => severity.ToString();

    /// <summary>The css class of the shared controls: <c>info</c>, <c>warn</c> or <c>crit</c>.</summary>
    public static string Class(Severity severity) => severity switch
    {
        Severity.Critical => "crit",
        Severity.Warning => "warn",
        _ => "info",
    };

    /// <summary>The outline of its sign in a box of 16 by 16: an octagon, a triangle, a circle.</summary>
    public static string Shape(Severity severity) => severity switch
    {
        Severity.Critical => "M5.3 1.7h5.4l3.6 3.6v5.4l-3.6 3.6H5.3L1.7 10.7V5.3zM8 4.8v3.8M8 11.1v.1",
        Severity.Warning => "M8 2.2 14.6 13.7H1.4zM8 6.4v3.4M8 11.7v.1",
        _ => "M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8M8 7.4v3.8M8 4.9V4.8",
    };

    /// <summary>The same sign in a box of 24 by 24, as the shell's icons are.</summary>
    public static string Sign(Severity severity) => severity switch
    {
        Severity.Critical => "M8 3h8l5 5v8l-5 5H8l-5-5V8zM12 8v5M12 16.200v.01",
        Severity.Warning => "M12 4 3 19.500h18L12 4zM12 10v4.500M12 17v.01",
        _ => "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18M12 11v5.500M12 7.500v.01",
    };
}
