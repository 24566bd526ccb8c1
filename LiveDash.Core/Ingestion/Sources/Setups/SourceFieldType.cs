namespace LiveDash.Core.Ingestion.Sources.Setups;

/// <summary>What a setting of a source holds.</summary>
public enum SourceFieldType
{
    /// <summary>A line of text.</summary>
    Text,

    /// <summary>Several lines, one entry each.</summary>
    Lines,

    /// <summary>A text that is not shown again.</summary>
    Secret,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A length of time: <c>500ms</c>, <c>15s</c>, <c>5m</c>.</summary>
    Duration,

    /// <summary>Yes or no.</summary>
    Flag,

    /// <summary>One of several words.</summary>
    Choice,

    /// <summary>An http or https address.</summary>
    Address,
}
