using LiveDash.Core.Query.Data;

namespace LiveDash.Core.Query.Functions;

/// <summary>A function of the points of a window and at most two numbers; <see cref="Absence.Mark"/> where it has no result.</summary>
internal delegate double RangeFunction(in SampleWindow window, double first, double second);
