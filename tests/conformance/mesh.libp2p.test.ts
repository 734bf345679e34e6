import { loopbackMeshes } from "../support/loopback-meshes.ts";
import { meshConformance } from "./mesh.ts";

meshConformance("over libp2p", loopbackMeshes);
