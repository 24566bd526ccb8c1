namespace LiveDash.Web.ViewModels;

/// <summary>In which order alerts are listed.</summary>
public enum AlertOrder
{
    /// <summary>The worst first, then the newest.</summary>
    Severity,

    /// <summary>The newest first.</summary>
    Newest,

    /// <summary>Those that have gone on longest first.</summary>
    Longest,

    /// <summary>By the rule's name, then by series.</summary>
    Name,
}
