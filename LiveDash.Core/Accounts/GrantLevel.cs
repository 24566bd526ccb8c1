namespace LiveDash.Core.Accounts;

/// <summary>What a grant lets somebody do with the dashboards of a folder, within what their role allows.</summary>
public enum GrantLevel
{
    /// <summary>Look at them.</summary>
    View = 0,

    /// <summary>Also change, share and remove them, and put others into the folder.</summary>
    Edit = 1,
}
