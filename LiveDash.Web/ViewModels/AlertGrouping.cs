namespace LiveDash.Web.ViewModels;

/// <summary>What alerts are grouped by.</summary>
public enum AlertGrouping
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>By rule.</summary>
    Rule,

    /// <summary>By severity.</summary>
    Severity,

    /// <summary>By the series' name, without its tags.</summary>
    Series,
}
