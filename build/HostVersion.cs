using Cake.Cli;
using Cake.Core;
using Clickpath;

namespace Build;

/// <summary>What <c>--version</c> and <c>--info</c> say: this product's version, and Cake's.</summary>
public sealed class HostVersion : IVersionResolver
{
    /// <inheritdoc/>
    public string GetVersion() => $"{typeof(Pipeline).Assembly.GetName().Version!.ToString(3)} (Cake {typeof(ICakeContext).Assembly.GetName().Version!.ToString(3)})";

    /// <inheritdoc/>
    public string GetProductVersion() => GetVersion();
}
