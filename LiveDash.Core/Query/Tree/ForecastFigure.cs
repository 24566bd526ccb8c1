namespace LiveDash.Core.Query.Tree;

/// <summary>Which figure of a forecast is asked for.</summary>
public enum ForecastFigure
{
    /// <summary>The value expected.</summary>
    Value,

    /// <summary>The lower edge of the band.</summary>
    Low,

    /// <summary>The upper edge of the band.</summary>
    High,

    /// <summary>How long until a value is reached, in seconds.</summary>
    TimeTo,
}
