namespace LiveDash.Core.Plots;

/// <summary>A plot cannot be made, for a reason that whoever asked for it can understand.</summary>
public sealed class PlotException(string message, Exception? inner = null) : Exception(message, inner);
