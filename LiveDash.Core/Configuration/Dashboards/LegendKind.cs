namespace LiveDash.Core.Configuration.Dashboards;

/// <summary>What names the lines of a panel.</summary>
public enum LegendKind
{
    /// <summary>A table where there is room for one, else a list.</summary>
    Auto,

    /// <summary>A table with last, min, mean and max.</summary>
    Table,

    /// <summary>Names with the newest value.</summary>
    List,

    /// <summary>Nothing.</summary>
    None,
}
