namespace LiveDash.Web.Api.Reading;

/// <summary>What a line about a point may hold; the names in lower case are those of the parameter <c>fields</c>.</summary>
internal enum PointField
{
    /// <summary>The store's sequence number.</summary>
    Id,

    /// <summary>The series' name.</summary>
    Series,

    /// <summary>The series' tags, where it has any.</summary>
    Tags,

    /// <summary>The event time.</summary>
    T,

    /// <summary>The value.</summary>
    Value,

    /// <summary>The location, where the point has one.</summary>
    Pt,
}
