namespace LiveDash.Core.Configuration.Dashboards;

/// <summary>A named page of panels. Immutable, so safe on any thread.</summary>
public sealed record Dashboard
{
    /// <summary>How many panels one may have.</summary>
    public const int MaxPanels = 100;

    /// <summary>The longest name, in characters.</summary>
    public const int MaxName = 80;

    /// <summary>Which one, as in its address <c>/d/{id}</c>: 1 to 40 lower-case letters, digits or dashes.</summary>
    public required string Id { get; init; }

    /// <summary>Its name, 1 to <see cref="MaxName"/> characters.</summary>
    public required string Name { get; init; }

    /// <summary>Its panels, ordered by row, then column; at most <see cref="MaxPanels"/>.</summary>
    public IReadOnlyList<DashboardPanel> Panels { get; init; } = [];

    /// <summary>What whoever looks at it chooses, by different names; at most <see cref="DashboardVariable.MaxVariables"/>.</summary>
    public IReadOnlyList<DashboardVariable> Variables { get; init; } = [];

    /// <summary>True while it is made from the series that there are and follows them; the first change by a person makes it theirs.</summary>
    public bool IsAutomatic { get; init; }

    /// <summary>The longest name of a folder, in characters.</summary>
    public const int MaxFolder = 60;

    /// <summary>The folder it lies in; empty for none.</summary>
    public string Folder { get; init; } = "";

    /// <summary>
    /// How many series there were when the automatic dashboard became a person's: what came later does not join by itself, and is offered. Null for others.
    /// </summary>
    public int? KnownSeries { get; init; }

    /// <summary>One panel, or null.</summary>
    public DashboardPanel? Find(string panelId) => Panels.FirstOrDefault(panel => panel.Id == panelId);
}
