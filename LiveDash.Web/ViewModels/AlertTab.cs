namespace LiveDash.Web.ViewModels;

/// <summary>Which alerts the page lists.</summary>
public enum AlertTab
{
    /// <summary>All that are not inactive.</summary>
    Now,

    /// <summary>Firing, and not silenced.</summary>
    Firing,

    /// <summary>The condition holds, but not yet for long enough.</summary>
    Pending,

    /// <summary>The condition is gone, but not yet for long enough.</summary>
    Recovering,

    /// <summary>Muted for now.</summary>
    Silenced,

    /// <summary>Episodes that are over.</summary>
    Recent,
}
