namespace LiveDash.Core.Ingestion.Files;

/// <summary>One row's cells as text; empty where there is none.</summary>
internal sealed class ImportCells(int values)
{
    /// <summary>The line or number, which is told and makes the row's id.</summary>
    public long Line { get; set; }

    /// <summary>What tells this point from others of the same row; empty where a row is a point.</summary>
    public string Part { get; set; } = "";

    /// <summary>The cell that names the series.</summary>
    public string Series { get; set; } = "";

    /// <summary>The cell with the time.</summary>
    public string Time { get; set; } = "";

    /// <summary>The cells with values, as the map names them.</summary>
    public string[] Values { get; } = new string[values];

    /// <summary>The cell with x.</summary>
    public string X { get; set; } = "";

    /// <summary>The cell with y.</summary>
    public string Y { get; set; } = "";
}
