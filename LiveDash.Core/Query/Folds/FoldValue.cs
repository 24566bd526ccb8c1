namespace LiveDash.Core.Query.Folds;

/// <summary>What a fold says at a moment. Immutable.</summary>
/// <param name="Value">The figure; <see cref="Data.Absence.Mark"/> where there is none.</param>
/// <param name="Holds">True where the condition holds, so that the series is yielded; of a mere figure always.</param>
internal readonly record struct FoldValue(double Value, bool Holds);
