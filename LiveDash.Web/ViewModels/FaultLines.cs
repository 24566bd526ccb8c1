namespace LiveDash.Web.ViewModels;

/// <summary>Several faults as one text, a line each: what shows it keeps the lines (the class <c>lines</c>, and what stands under a field). Pure.</summary>
public static class FaultLines
{
    /// <summary>The text; null where nothing is wrong.</summary>
    public static string? Of(IEnumerable<string> faults) => string.Join('\n', faults.Distinct()) is { Length: > 0 } text ? text : null;
}
