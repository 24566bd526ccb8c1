namespace LiveDash.Core.Ingestion.Decoding;

/// <summary>The fields of a point in JSON, as bits, so that a field given twice is seen.</summary>
[Flags]
internal enum JsonField
{
    /// <summary>Not a field of a point.</summary>
    None = 0,

    /// <summary>The series name.</summary>
    Series = 1,

    /// <summary>The tags, an object of strings.</summary>
    Tags = 2,

    /// <summary>The event time.</summary>
    Time = 4,

    /// <summary>The value.</summary>
    Value = 8,

    /// <summary>The location, <c>[x, y]</c>.</summary>
    Location = 16,

    /// <summary>The sender's own id.</summary>
    Id = 32,

    /// <summary>A state, in the place of a value.</summary>
    State = 64,
}
