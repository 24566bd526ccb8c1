namespace LiveDash.Core.Ingestion;

/// <summary>Why a point was refused because of what it says. The names that senders see are in <see cref="ReasonNames"/>.</summary>
public enum RejectReason
{
    /// <summary>Not JSON, a key given twice, or more than one value on a line.</summary>
    BadJson,

    /// <summary>Not a line of the text format it claims to be.</summary>
    BadLine,

    /// <summary>Not a message of the binary format it claims to be.</summary>
    BadMessage,

    /// <summary>A sound message of a kind that holds no point: an event, a service check, a kind of metric nobody knows.</summary>
    Unsupported,

    /// <summary>Nested deeper than <see cref="Model.Limits.MaxJsonDepth"/>.</summary>
    TooDeep,

    /// <summary>Not UTF-8, or half of a surrogate pair.</summary>
    BadUtf8,

    /// <summary>A series name or tag that is empty, too long, or holds control, bidirectional or reserved characters; too many tags.</summary>
    BadName,

    /// <summary>A value or location that is NaN, infinite, or beyond a double.</summary>
    NotFinite,

    /// <summary>A value or location that is not a number.</summary>
    BadValue,

    /// <summary>A time that cannot be read.</summary>
    BadTime,

    /// <summary>A time before 2000 in an import, which mostly means that it was read in another form than meant; allowOld=true takes it.</summary>
    Before2000,

    /// <summary>A time further ahead of the clock than <see cref="Model.Limits.MaxAhead"/>.</summary>
    Future,

    /// <summary>A field that must be there is not.</summary>
    MissingField,

    /// <summary>A field nobody knows: refused, because <c>timestamp</c> for <c>t</c> would quietly date old data to now.</summary>
    UnknownField,

    /// <summary>Longer than <see cref="Model.Limits.MaxLineBytes"/>.</summary>
    LineTooLong,

    /// <summary>A field that holds a text where its series holds numbers, or where texts are left out (<see cref="IngestOptions.KeepText"/>); its neighbours on the line are kept.</summary>
    TextField,

    /// <summary>A text that can be no state: empty, longer than <see cref="Model.Limits.MaxStateBytes"/>, or with control characters.</summary>
    BadState,

    /// <summary>A new text past <see cref="Model.Limits.MaxStates"/> of its series, or past <see cref="Model.Limits.MaxStatesInAll"/>.</summary>
    TooManyStates,

    /// <summary>A new series past <see cref="Model.Limits.MaxSeries"/>.</summary>
    SeriesLimit,

    /// <summary>A series that the sender's key may not send.</summary>
    NotAllowed,
}
