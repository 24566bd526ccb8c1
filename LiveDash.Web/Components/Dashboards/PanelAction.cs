namespace LiveDash.Web.Components.Dashboards;

/// <summary>What somebody wants of a panel, by its menu or a key.</summary>
public enum PanelAction
{
    /// <summary>Alone on the screen, or back among the others: <c>v</c>.</summary>
    FullScreen,

    /// <summary>The editor: <c>e</c>.</summary>
    Edit,

    /// <summary>A copy beside it: <c>d</c>.</summary>
    Duplicate,

    /// <summary>The page that explores its points: <c>x</c>.</summary>
    Explore,

    /// <summary>A link to it, a picture, its points: <c>y</c>.</summary>
    Share,

    /// <summary>Gone: <c>Delete</c>.</summary>
    Remove,

    /// <summary>A section folded or unfolded: <c>Enter</c> on its heading.</summary>
    Fold,
}
