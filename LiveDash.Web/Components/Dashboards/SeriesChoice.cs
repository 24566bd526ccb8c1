namespace LiveDash.Web.Components.Dashboards;

/// <summary>How it is said what a panel shows.</summary>
public enum SeriesChoice
{
    /// <summary>By patterns of series.</summary>
    Pattern,

    /// <summary>By series that are chosen from those there are.</summary>
    Choice,

    /// <summary>By an expression in PromQL.</summary>
    Expression,
}
