namespace Clickpath.Stages;

/// <summary>The stages, in order; each has a folder of this name in the artifacts.</summary>
internal enum Stage
{
    DataQuality,
    Transform,
    Analyze,
    Monitor,
}
