namespace LiveDash.Web.ViewModels;

/// <summary>What somebody wants to see of the alerts. Immutable.</summary>
public sealed record AlertListQuery
{
    /// <summary>Which.</summary>
    public AlertTab Tab { get; init; }

    /// <summary>Words that must stand in the rule's name, series, severity or reason.</summary>
    public string Text { get; init; } = "";

    /// <summary>In which order.</summary>
    public AlertOrder Order { get; init; }

    /// <summary>Grouped by what.</summary>
    public AlertGrouping Grouping { get; init; }
}
