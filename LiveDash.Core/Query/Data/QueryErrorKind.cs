namespace LiveDash.Core.Query.Data;

/// <summary>Why an expression had no answer.</summary>
public enum QueryErrorKind
{
    /// <summary>Its series cannot be put together as it asks.</summary>
    Execution,

    /// <summary>It passed a bound of <see cref="QueryLimits"/>.</summary>
    Limit,

    /// <summary>It took longer than it may.</summary>
    Timeout,
}
