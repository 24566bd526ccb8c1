namespace LiveDash.Web.Components.Dashboards;

/// <summary>The signs of a panel's menu, drawn in a box of 24 by 24; in the colour of their text.</summary>
public static class PanelIcons
{
    private const string Begin = "<g fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.8\" stroke-linecap=\"round\" stroke-linejoin=\"round\"><path d=\"";
    private const string End = "\"/></g>";

    /// <summary>Three dots.</summary>
    public const string More = "<circle cx=\"12\" cy=\"5\" r=\"1.7\" fill=\"currentColor\"/><circle cx=\"12\" cy=\"12\" r=\"1.7\" fill=\"currentColor\"/><circle cx=\"12\" cy=\"19\" r=\"1.7\" fill=\"currentColor\"/>";

    /// <summary>Four corners.</summary>
    public const string FullScreen = Begin + "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5" + End;

    /// <summary>A pencil.</summary>
    public const string Edit = Begin + "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3" + End;

    /// <summary>Two sheets.</summary>
    public const string Duplicate = Begin + "M9 9h11v11H9zM5 15H4V4h11v1" + End;

    /// <summary>Points over axes.</summary>
    public const string Explore = Begin + "M4 4v16h16M9 15v.1M13 10v.1M17 14v.1M17 7v.1M9 9v.1" + End;

    /// <summary>A bell.</summary>
    public const string Rule = Begin + "M12 4a5 5 0 0 1 5 5c0 5 2 6 2 6H5s2-1 2-6a5 5 0 0 1 5-5M10 19a2 2 0 0 0 4 0" + End;

    /// <summary>A chain.</summary>
    public const string Share = Begin + "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1" + End;

    /// <summary>Rows and columns.</summary>
    public const string Values = Begin + "M4 5h16v14H4zM4 10h16M4 15h16M10 5v14" + End;

    /// <summary>Arrows four ways.</summary>
    public const string Move = Begin + "M12 3v18M3 12h18M9 6l3-3 3 3M9 18l3 3 3-3M6 9l-3 3 3 3M18 9l3 3-3 3" + End;

    /// <summary>A bin.</summary>
    public const string Remove = Begin + "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13" + End;

    /// <summary>An arrow out of a box.</summary>
    public const string Link = Begin + "M14 4h6v6M20 4l-9 9M18 14v6H4V6h6" + End;
}
